/**
 * Loaded before a child's own code: ends it when its supervisor is gone, however that ended. The channel closes by itself
 * then; nothing else is ever sent over it.
 */
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
