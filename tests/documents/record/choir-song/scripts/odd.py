x = 1
def sing(words):
	return words
y = "unclosed
z = 3
