// Package vars has the variables of a query.
package vars

// Vars are variables by name.
type Vars map[string]string

// Copy gives a map of its own.
func Copy(v Vars) Vars {
	out := make(Vars, len(v))
	for name, value := range v {
		out[name] = value
	}
	return out
}
