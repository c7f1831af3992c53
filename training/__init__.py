"""Makes the bundled model: `python -m training all --budget 150m` (docs/training.md).

The steps are modules: `base` (weights), `corpus` (text), `vocabulary`, `prune`, `train`, `export`, `report`. What they
are given stands in recipe.toml; what they make lies in one work folder, and a step that finds its result there does
not run again.
"""
