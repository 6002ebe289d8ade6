module govetpy.test

go 1.25
