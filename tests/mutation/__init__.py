"""Mutation tests of the rules: correct code with what makes it correct removed must be reported."""
