"""Speed of this tree beside that of an earlier commit, checked out beside it: python -m bench.before_after"""
