//! Nodes to values by the rules of gopkg.in/yaml.v3 3.0.1.

use super::{Error, NodeRef, Value};

impl<'d> NodeRef<'d> {
    /// An error at this node.
    pub fn error(self, message: impl Into<String>) -> Error {
        Error { message: message.into(), place: self.place() }
    }

    /// The value as yaml.v3 decodes it into free data (`interface{}`): tags honoured, merge keys expanded, aliases
    /// followed up to a bound, map keys sorted.
    ///
    /// # Errors
    /// Duplicate keys, a merge of something that is not a map, a tag that does not fit, an alias inside itself or an
    /// expansion out of proportion.
    pub fn to_value(self) -> Result<Value, Error> {
        Err(self.error("not there yet"))
    }

    /// Keys and values with merge keys expanded (own keys win), in the order written; what a Go struct or typed map
    /// sees. Nothing for null; duplicate keys are an error.
    ///
    /// # Errors
    /// This is neither a map nor null, or as for [`NodeRef::to_value`].
    pub fn fields(self) -> Result<Vec<(NodeRef<'d>, NodeRef<'d>)>, Error> {
        Err(self.error("not there yet"))
    }

    /// Whether yaml.v3 takes it for null: empty, `~`, `null` without quotes, or the tag.
    pub fn is_null(self) -> bool {
        false
    }

    /// The value of a Go `string` field: the literal text of any scalar, "" for null.
    ///
    /// # Errors
    /// A list or a map, or binary data.
    pub fn decode_text(self) -> Result<&'d str, Error> {
        Err(self.error("not there yet"))
    }

    /// The value of a Go `bool` field: also `yes`, `no`, `on`, `off`, `y`, `n` without quotes; false for null.
    ///
    /// # Errors
    /// Anything else.
    pub fn decode_bool(self) -> Result<bool, Error> {
        Err(self.error("not there yet"))
    }

    /// The value of a Go `int` field: integers in every notation, floats without fraction; 0 for null.
    ///
    /// # Errors
    /// Anything else.
    pub fn decode_int(self) -> Result<i64, Error> {
        Err(self.error("not there yet"))
    }

    /// The value as sigs.k8s.io/yaml turns it into JSON: YAML 1.1 booleans, a later duplicate wins, keys as texts.
    ///
    /// # Errors
    /// As that library.
    pub fn to_json(self) -> Result<serde_json::Value, Error> {
        Err(self.error("not there yet"))
    }
}
