//! Output: terminal drawings and JSON. Knows findings; knows neither facts nor rules.
