package ok_fake_controller

type fake struct{ methodCalled map[string]bool }

func newFake() *fake { return &fake{methodCalled: make(map[string]bool)} }

func (f *fake) serve(name string) { f.methodCalled[name] = true }

func (f *fake) stats() int { return len(f.methodCalled) }

var _ controller = newFake()
