import { texts } from './texts.ts'

/** Where the two languages could part most easily; each is the same text in both. */
export const CURATED: readonly string[] = [
  // What binds stronger.
  `
    not x == 5 ;; not x in numbers ;; not yes and no ;; not (yes and no) ;; not not x ;; not x > 1 or yes ;; -x % 3
    x - 1 - 1 ;; 7 / 2 / 2 ;; 2 * 7 % 4 ;; -7 % 3 * 2 ;; 1 + 2 * 3 % 4 - 5 ;; x > 1 and y < 0 or no
    no and no or yes ;; 1 if x else 2 if y else 3 ;; (1 if no else 2) if yes else 3 ;; x or y if no else zero
    x if yes or no else y ;; x == 5 if yes else no ;; not x if yes else y ;; len(numbers) - 1 in numbers
    x + 1 in [6] and yes ;; - - x ;; -+-x
  `,
  // What has a value, and which.
  `
    x and y ;; zero or blank ;; zero and nope ;; x or nope ;; nothing or empty or nobody ;; empty or nobody
    blank and 1 ;; not [] ;; not nobody ;; not "0" ;; not 0.0 ;; not [0] ;; user and 1 ;; zero if zero else half
    nope if no else 1
  `,
  // Numbers.
  `
    7 % 3 ;; -7 % 3 ;; 7 % -3 ;; -7 % -3 ;; 0 % -3 ;; 6 % -3 ;; 7.5 % 2 ;; -7.5 % 2 ;; 7.5 % -2 ;; -0.1 % 1
    5 % 0.1 ;; 1e-20 % 1 ;; -1e-20 % 1 ;; last % 2 ;; least % 7 ;; 7 / 2 ;; -7 / 2 ;; 6 / 3 ;; 1 / 3 ;; 0.1 + 0.2
    0.1 * 3 ;; 1 / 0 ;; 1 % 0 ;; 0 / 0 ;; 1.0 % 0.0 ;; 0.0 * -1 ;; 1 == 1.0 ;; 0 == -0.0 ;; last + 0 ;; last - 1 + 1
    last == last ;; last + 1 ;; least - 1 ;; last * 2 ;; last / 2 ;; last > last - 1 ;; 9007199254740992
    9007199254740993 == 9007199254740992 ;; 1e16 ;; round(0.5) ;; round(1.5) ;; round(2.5) ;; round(-2.5)
    round(2.675, 2) ;; round(1.005, 2) ;; round(1234.5678, 1) ;; abs(-3) ;; floor(-2.5) ;; ceil(-2.5) ;; sum([])
    sum(numbers) ;; min(3, 1.0, 2) ;; max(numbers) ;; min([]) ;; max(1, "a")
  `,
  // Texts are code points.
  String.raw`
    len(text) ;; len(rocket) ;; len("e\u0301") ;; text[2] ;; text[-1] == rocket ;; text[3] ;; private_use < rocket
    "\uffff" < "\U00010000" ;; "Z" < "a" ;; "a" < "ab" ;; "" < "a" ;; "ä" > "z" ;; rocket in text ;; "" in text
    "" in "" ;; "ü" in text ;; 1 in text ;; "a" in words ;; "a" not in words ;; "name" in user ;; "Ana" in user
    1 in user ;; [] in user ;; "it's" == 'it\'s' ;; "\q" == "\\q" ;; "\x41" == "A" ;; '\n' in 'a\nb'
    '\101\7' == 'A\x07' ;; '\a' ;; '\0' ;; '\18' ;; '\777' ;; '\8' ;; len('\1012') ;; '\u00e9' == 'é' ;; '\xe9'
    text == "Zü🚀" ;; name < 1 ;; name == 1
  `,
  // Lists and objects.
  `
    [1, 2] == [1, 2.0] ;; [1, [2]] == [1, [2]] ;; user == user ;; nobody == nobody ;; [] == nothing ;; numbers[-4]
    numbers[-5] ;; table[0][2] ;; table[1][0] ;; pairs[1] == [4, 3] ;; [1, 2][1] ;; nothing in nulls ;; [2] in mixed
    x in y
  `,
  // Loops.
  `
    any(n > 5 for n in numbers) ;; all(n > -30 for n in numbers if n) ;; any(nope for n in empty)
    all(nope for n in empty) ;; any(n == 3 or nope for n in numbers) ;; all(n != 3 and nope for n in numbers)
    any(any(n > 2 for n in row) for row in table) ;; all(any(n for n in row) or not row for row in table)
    all(all(n < x for n in row) for row in table) ;; any(x for x in x) ;; any(x > 4 for x in numbers) and x == 5
    any(a > b for a, b in pairs) ;; any(a for a, b in numbers) ;; any(c == "Z" for c in text)
    all(k in user for k in user) ;; any(o.open and "new" in o.tags for o in orders)
    sum(o.n for o in orders if o.open) ;; any(n for n in 5) ;; any(n for n in nothing) ;; any(flags) ;; all(flags)
    any("") ;; all("") ;; all(user) ;; any([[], 0]) ;; any(1 if n else 0 for n in numbers)
    max(len(w) for w in words) ;; min(n for n in empty) ;; any(not n for n in numbers)
  `,
  // Chains and truth values, which are on the table of differences.
  `
    1 < x < 9 ;; 1 == 1 == 1 ;; x in [5] == True ;; True == 1 ;; True + 1 ;; True < 2 ;; -True ;; 1 in [True]
    [True] == [1] ;; sum([True]) ;; numbers[True] ;; "a" + "b" ;; "a" * 3 ;; [1] + [2] ;; "%s" % 1 ;; [1] < [2]
    numbers[4 / 2] ;; min("b", "A")
  `,
  // How numbers are written.
  `
    00 ;; 0.0 ;; 007.5 ;; 00e1 ;; 1e05 ;; .5e1 ;; 5.e1 ;; 1E3 ;; [1, 2,] ;; len(text,)
  `,
  // Not a sentence in either.
  String.raw`
    x == ;; == x ;; x y ;; a == not b ;; (x ;; x) ;; [1, 2 ;; "a ;; x if y ;; not ;; x in ;; x not y ;; 1 +* 2
    any(x for) ;; 007 ;; 0012 ;; 1e ;; 1.2.3 ;; [,] ;; 1a ;; len(,) ;; '\x4' ;; '\u12'
  `,
].flatMap(texts)
