"""Knockouts: who meets whom, where sides come from, who advances, who came in where."""
