"""Expressions, assignments and declarations inside functions become the instructions that they should."""

from __future__ import annotations

import pytest

from lowering import flat, lowered, well_formed, words

VALUES = {
    "define": ("""
        x, y := 1, f(2)
        x, z := y, x
        _, _ = x, z
    """, """
        b0 | r0 1 | r1 name f | r2 2 | r3 call r1(r2) | r4 x := r0 | r5 y := r3 | r6 y | r7 x | r8 x = r6 | r9 z :=
            r7 | r10 x | r11 z | r12 return
    """),
    "shadow": ("""
        x := 1
        { x := x; _ = x }
        _ = x
    """, """
        b0 | r0 1 | r1 x#0 := r0 | r2 x#0 | r3 x#1 := r2 | r4 x#1 | r5 x#0 | r6 return
    """),
    "var": ("""
        var a, b T
        var c, d int = 1, 2
        var e, g = h()
        _, _, _, _, _, _ = a, b, c, d, e, g
    """, """
        b0 | r0 zero T | r1 zero T | r2 a := r0 | r3 b := r1 | r4 1 | r5 2 | r6 c := r4 | r7 d := r5 | r8 name h |
            r9 call r8() | r10 extract r9 0 | r11 extract r9 1 | r12 e := r10 | r13 g := r11 | r14 a | r15 b | r16 c
            | r17 d | r18 e | r19 g | r20 return
    """),
    "assign in order": ("""
        a, b := 1, 2
        a, b = b, a
    """, """
        b0 | r0 1 | r1 2 | r2 a := r0 | r3 b := r1 | r4 b | r5 a | r6 a = r4 | r7 b = r5 | r8 return
    """),
    "places": ("""
        p.f, m[k], *q, g = 1, 2, 3, 4
    """, """
        b0 | r0 name p | r1 name m | r2 name k | r3 name q | r4 1 | r5 2 | r6 3 | r7 4 | r8 r0.f = r4 | r9 r1[r2] =
            r5 | r10 *r3 = r6 | r11 name g = r7 | r12 return
    """),
    "operators": ("""
        x := 1
        x += 2
        x++
        p.f -= x
        m[k] |= x
        *q <<= x
        g--
    """, """
        b0 | r0 1 | r1 x := r0 | r2 x | r3 2 | r4 r2 + r3 | r5 x = r4 | r6 x | r7 1 | r8 r6 + r7 | r9 x = r8 | r10
            name p | r11 r10.f | r12 x | r13 r11 - r12 | r14 r10.f = r13 | r15 name m | r16 name k | r17 r15[r16] |
            r18 x | r19 r17 | r18 | r20 r15[r16] = r19 | r21 name q | r22 *r21 | r23 x | r24 r22 << r23 | r25 *r21 =
            r24 | r26 name g | r27 1 | r28 r26 - r27 | r29 name g = r28 | r30 return
    """),
    "comma ok": ("""
        v, ok := m[k]
        v, ok = <-c
        v, ok = i.(T)
        v, ok = f()
    """, """
        b0 | r0 name m | r1 name k | r2 r0[r1] | r3 extract r2 0 | r4 extract r2 1 | r5 v := r3 | r6 ok := r4 | r7
            name c | r8 <-r7 | r9 extract r8 0 | r10 extract r8 1 | r11 v = r9 | r12 ok = r10 | r13 name i | r14
            r13.(T) | r15 extract r14 0 | r16 extract r14 1 | r17 v = r15 | r18 ok = r16 | r19 name f | r20 call
            r19() | r21 extract r20 0 | r22 extract r20 1 | r23 v = r21 | r24 ok = r22 | r25 return
    """),
    "selectors and addresses": ("""
        var v T
        _ = &v
        _ = &v.f
        _ = &v.a[i]
        _ = &T{1}
        _ = &g
        _ = v.f.g
    """, """
        b0 | r0 zero T | r1 v := r0 | r2 &v | r3 v | r4 &r3.f | r5 v | r6 r5.a | r7 name i | r8 &r6[r7] | r9 1 | r10
            &T{r9} | r11 name g | r12 v | r13 r12.f | r14 r13.g | r15 return
    """),
    "literals": ("""
        _ = []T{{1}, {a: 2}}
        _ = map[string]*T{"x": {f: nil}}
        k := 1
        _ = map[int]int{k: 2}
        _ = T{k: k}
        _ = [...]int{3: 1, 2}
    """, """
        b0 | r0 1 | r1 _{r0} | r2 2 | r3 _{a: r2} | r4 []T{r1, r3} | r5 "x" | r6 nil | r7 _{f: r6} | r8
            map[string]*T{r5: r7} | r9 1 | r10 k := r9 | r11 k | r12 2 | r13 map[int]int{r11: r12} | r14 k | r15
            T{k: r14} | r16 3 | r17 1 | r18 2 | r19 [n]int{r16: r17, r18} | r20 return
    """),
    "constants": ("""
        _ = 1.5
        _ = 'a'
        _ = `raw`
        _ = 2i
        _ = true
        _ = nil
    """, """
        b0 | r0 1.5 | r1 'a' | r2 "raw" | r3 2i | r4 true | r5 nil | r6 return
    """),
    "slices and conversions": ("""
        _ = s[1:x:y]
        _ = []byte(s)
        _ = (*T)(s)
        _ = (func())(s)
        _ = T(s)
        _ = f[int](s)
        _ = fs[i](s, t)
    """, """
        b0 | r0 name s | r1 1 | r2 name x | r3 name y | r4 r0[:] | r5 type []byte | r6 name s | r7 call r5(r6) | r8
            name T | r9 *r8 | r10 name s | r11 call r9(r10) | r12 type func() | r13 name s | r14 call r12(r13) | r15
            name T | r16 name s | r17 call r15(r16) | r18 name f | r19 name int | r20 r18[r19] | r21 name s | r22
            call r20(r21) | r23 name fs | r24 name i | r25 r23[r24] | r26 name s | r27 name t | r28 call r25(r26,
            r27) | r29 return
    """),
    "make and new": ("""
        _ = make(chan int, n)
        _ = make([]T, 0)
        _ = new(T)
        _ = new(pkg.T)
        _ = make(M)
    """, """
        b0 | r0 name make | r1 type chan int | r2 name n | r3 call r0(r1, r2) | r4 name make | r5 type []T | r6 0 |
            r7 call r4(r5, r6) | r8 name new | r9 name T | r10 call r8(r9) | r11 name new | r12 name pkg | r13 r12.T
            | r14 call r11(r13) | r15 name make | r16 name M | r17 call r15(r16) | r18 return
    """),
    "calls": ("""
        f(a, g(b)...)
        x.m(1)
        go f(1)
        defer x.m()
        go func(i int) { h(i) }(2)
    """, """
        b0 | r0 name f | r1 name a | r2 name g | r3 name b | r4 call r2(r3) | r5 call r0(r1, r4...) | r6 name x | r7
            r6.m | r8 1 | r9 call r7(r8) | r10 name f | r11 1 | r12 go r10(r11) | r13 name x | r14 r13.m | r15 defer
            r14() | r16 closure 1 | r17 2 | r18 go r16(r17) | r19 return
        f$1:
        b0 | r0 name h | r1 i | r2 call r0(r1) | r3 return
    """),
    "unary and binary": ("""
        _ = -a + b*c == !d && e
        _ = <-c
        _ = *p
        _ = ^x
    """, """
        b0 | r0 name a | r1 -r0 | r2 name b | r3 name c | r4 r2 * r3 | r5 r1 + r4 | r6 name d | r7 !r6 | r8 r5 == r7
            | r9 name e | r10 r8 && r9 | r11 name c | r12 <-r11 | r13 name p | r14 *r13 | r15 name x | r16 ^r15 |
            r17 return
    """),
    "send": ("""
        c <- <-d
    """, """
        b0 | r0 name c | r1 name d | r2 <-r1 | r3 r0 <- r2 | r4 return
    """),
    "constants of functions": ("""
        const (
        a = iota + 1
        b
        c, d = 5, iota
        )
        _, _, _ = b, c, d
    """, """
        b0 | r0 0 | r1 1 | r2 r0 + r1 | r3 a := r2 | r4 1 | r5 1 | r6 r4 + r5 | r7 b := r6 | r8 5 | r9 2 | r10 c :=
            r8 | r11 d := r9 | r12 b | r13 c | r14 d | r15 return
    """),
    "types of functions": ("""
        type T struct{ next *T }
        type A = []T
        var t T
        var a A
        _, _, _ = T(t), T{}, a
    """, """
        b0 | r0 zero f.T | r1 t := r0 | r2 zero []f.T | r3 a := r2 | r4 type f.T | r5 t | r6 call r4(r5) | r7 f.T{}
            | r8 a | r9 return
    """),
}
"""By form: statements of Go, and the blocks they become."""


@pytest.mark.parametrize("form", VALUES)
def test_values(form: str) -> None:
    go, expected = VALUES[form]
    body = lowered(go)
    assert words(flat(body)) == words(expected)
    assert well_formed(body)
