// Package many_accesses races for a variable in goroutines that look at many maps as well.
package many_accesses

import "sync"

type tables struct {
	m00, m01, m02, m03, m04, m05, m06, m07 map[string]int
	m08, m09, m10, m11, m12, m13, m14, m15 map[string]int
	m16, m17, m18, m19, m20, m21, m22, m23 map[string]int
	m24, m25, m26, m27, m28, m29, m30, m31 map[string]int
	m32, m33, m34, m35, m36, m37, m38, m39 map[string]int
	m40, m41, m42, m43, m44, m45, m46, m47 map[string]int
	m48, m49, m50, m51, m52, m53, m54, m55 map[string]int
	m56, m57, m58, m59, m60, m61, m62, m63 map[string]int
}

func newTables() *tables {
	return &tables{
		m00: map[string]int{},
		m01: map[string]int{},
		m02: map[string]int{},
		m03: map[string]int{},
		m04: map[string]int{},
		m05: map[string]int{},
		m06: map[string]int{},
		m07: map[string]int{},
		m08: map[string]int{},
		m09: map[string]int{},
		m10: map[string]int{},
		m11: map[string]int{},
		m12: map[string]int{},
		m13: map[string]int{},
		m14: map[string]int{},
		m15: map[string]int{},
		m16: map[string]int{},
		m17: map[string]int{},
		m18: map[string]int{},
		m19: map[string]int{},
		m20: map[string]int{},
		m21: map[string]int{},
		m22: map[string]int{},
		m23: map[string]int{},
		m24: map[string]int{},
		m25: map[string]int{},
		m26: map[string]int{},
		m27: map[string]int{},
		m28: map[string]int{},
		m29: map[string]int{},
		m30: map[string]int{},
		m31: map[string]int{},
		m32: map[string]int{},
		m33: map[string]int{},
		m34: map[string]int{},
		m35: map[string]int{},
		m36: map[string]int{},
		m37: map[string]int{},
		m38: map[string]int{},
		m39: map[string]int{},
		m40: map[string]int{},
		m41: map[string]int{},
		m42: map[string]int{},
		m43: map[string]int{},
		m44: map[string]int{},
		m45: map[string]int{},
		m46: map[string]int{},
		m47: map[string]int{},
		m48: map[string]int{},
		m49: map[string]int{},
		m50: map[string]int{},
		m51: map[string]int{},
		m52: map[string]int{},
		m53: map[string]int{},
		m54: map[string]int{},
		m55: map[string]int{},
		m56: map[string]int{},
		m57: map[string]int{},
		m58: map[string]int{},
		m59: map[string]int{},
		m60: map[string]int{},
		m61: map[string]int{},
		m62: map[string]int{},
		m63: map[string]int{},
	}
}

func (t *tables) fill() {
	t.m00["m00"]++
	t.m01["m01"]++
	t.m02["m02"]++
	t.m03["m03"]++
	t.m04["m04"]++
	t.m05["m05"]++
	t.m06["m06"]++
	t.m07["m07"]++
	t.m08["m08"]++
	t.m09["m09"]++
	t.m10["m10"]++
	t.m11["m11"]++
	t.m12["m12"]++
	t.m13["m13"]++
	t.m14["m14"]++
	t.m15["m15"]++
	t.m16["m16"]++
	t.m17["m17"]++
	t.m18["m18"]++
	t.m19["m19"]++
	t.m20["m20"]++
	t.m21["m21"]++
	t.m22["m22"]++
	t.m23["m23"]++
	t.m24["m24"]++
	t.m25["m25"]++
	t.m26["m26"]++
	t.m27["m27"]++
	t.m28["m28"]++
	t.m29["m29"]++
	t.m30["m30"]++
	t.m31["m31"]++
	t.m32["m32"]++
	t.m33["m33"]++
	t.m34["m34"]++
	t.m35["m35"]++
	t.m36["m36"]++
	t.m37["m37"]++
	t.m38["m38"]++
	t.m39["m39"]++
	t.m40["m40"]++
	t.m41["m41"]++
	t.m42["m42"]++
	t.m43["m43"]++
	t.m44["m44"]++
	t.m45["m45"]++
	t.m46["m46"]++
	t.m47["m47"]++
	t.m48["m48"]++
	t.m49["m49"]++
	t.m50["m50"]++
	t.m51["m51"]++
	t.m52["m52"]++
	t.m53["m53"]++
	t.m54["m54"]++
	t.m55["m55"]++
	t.m56["m56"]++
	t.m57["m57"]++
	t.m58["m58"]++
	t.m59["m59"]++
	t.m60["m60"]++
	t.m61["m61"]++
	t.m62["m62"]++
	t.m63["m63"]++
}

func (t *tables) size() int {
	n := 0
	n += len(t.m00) + t.m00["m00"]
	n += len(t.m01) + t.m01["m01"]
	n += len(t.m02) + t.m02["m02"]
	n += len(t.m03) + t.m03["m03"]
	n += len(t.m04) + t.m04["m04"]
	n += len(t.m05) + t.m05["m05"]
	n += len(t.m06) + t.m06["m06"]
	n += len(t.m07) + t.m07["m07"]
	n += len(t.m08) + t.m08["m08"]
	n += len(t.m09) + t.m09["m09"]
	n += len(t.m10) + t.m10["m10"]
	n += len(t.m11) + t.m11["m11"]
	n += len(t.m12) + t.m12["m12"]
	n += len(t.m13) + t.m13["m13"]
	n += len(t.m14) + t.m14["m14"]
	n += len(t.m15) + t.m15["m15"]
	n += len(t.m16) + t.m16["m16"]
	n += len(t.m17) + t.m17["m17"]
	n += len(t.m18) + t.m18["m18"]
	n += len(t.m19) + t.m19["m19"]
	n += len(t.m20) + t.m20["m20"]
	n += len(t.m21) + t.m21["m21"]
	n += len(t.m22) + t.m22["m22"]
	n += len(t.m23) + t.m23["m23"]
	n += len(t.m24) + t.m24["m24"]
	n += len(t.m25) + t.m25["m25"]
	n += len(t.m26) + t.m26["m26"]
	n += len(t.m27) + t.m27["m27"]
	n += len(t.m28) + t.m28["m28"]
	n += len(t.m29) + t.m29["m29"]
	n += len(t.m30) + t.m30["m30"]
	n += len(t.m31) + t.m31["m31"]
	n += len(t.m32) + t.m32["m32"]
	n += len(t.m33) + t.m33["m33"]
	n += len(t.m34) + t.m34["m34"]
	n += len(t.m35) + t.m35["m35"]
	n += len(t.m36) + t.m36["m36"]
	n += len(t.m37) + t.m37["m37"]
	n += len(t.m38) + t.m38["m38"]
	n += len(t.m39) + t.m39["m39"]
	n += len(t.m40) + t.m40["m40"]
	n += len(t.m41) + t.m41["m41"]
	n += len(t.m42) + t.m42["m42"]
	n += len(t.m43) + t.m43["m43"]
	n += len(t.m44) + t.m44["m44"]
	n += len(t.m45) + t.m45["m45"]
	n += len(t.m46) + t.m46["m46"]
	n += len(t.m47) + t.m47["m47"]
	n += len(t.m48) + t.m48["m48"]
	n += len(t.m49) + t.m49["m49"]
	n += len(t.m50) + t.m50["m50"]
	n += len(t.m51) + t.m51["m51"]
	n += len(t.m52) + t.m52["m52"]
	n += len(t.m53) + t.m53["m53"]
	n += len(t.m54) + t.m54["m54"]
	n += len(t.m55) + t.m55["m55"]
	n += len(t.m56) + t.m56["m56"]
	n += len(t.m57) + t.m57["m57"]
	n += len(t.m58) + t.m58["m58"]
	n += len(t.m59) + t.m59["m59"]
	n += len(t.m60) + t.m60["m60"]
	n += len(t.m61) + t.m61["m61"]
	n += len(t.m62) + t.m62["m62"]
	n += len(t.m63) + t.m63["m63"]
	return n
}

func run(workers int) int {
	t, u := newTables(), newTables()
	t.fill()
	u.fill()
	last := 0
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			last = t.size() + u.size() // want "variable last is written by several goroutines at once"
		})
	}
	wg.Wait()
	t.fill()
	u.fill()
	return last
}
