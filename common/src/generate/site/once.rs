//! A cache for many threads: each value is worked out once, without holding up other keys.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Values that are worked out once per key.
#[derive(Debug)]
pub struct Once<K, V>(Mutex<HashMap<K, Arc<OnceLock<V>>>>);

impl<K, V> Default for Once<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Once<K, V> {
    /// The value of a key; `make` runs once per key, whoever asks first.
    pub fn get(&self, key: &K, make: impl FnOnce() -> V) -> V {
        let cell = {
            let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            cells.entry(key.clone()).or_default().clone()
        };
        cell.get_or_init(make).clone()
    }
}
