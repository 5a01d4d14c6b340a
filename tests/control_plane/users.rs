//! Who may log in, and the kubeconfig each of them gets.

use serde_json::{Value, json};

/// The users of every control plane: name, token, groups.
const USERS: [(&str, &str, &str); 3] = [
    ("admin", "token-of-admin", "system:masters"),
    ("reader", "token-of-reader", "readers"),
    ("nobody", "token-of-nobody", ""),
];

/// The file for `--token-auth-file`.
pub fn token_file() -> String {
    USERS.map(|(name, token, groups)| format!("{token},{name},{name},\"{groups}\"\n")).concat()
}

/// The token of a user whom every control plane knows.
pub fn token(name: &str) -> Option<&'static str> {
    USERS.iter().find(|(known, ..)| *known == name).map(|(_, token, _)| *token)
}

/// What gives `reader` its rights: to see everything, and to change nothing.
pub fn reader_rights() -> [Value; 2] {
    [
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "readers"},
            "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}],
        }),
        binding("readers", &json!({"kind": "Group", "name": "readers", "apiGroup": "rbac.authorization.k8s.io"})),
    ]
}

/// Gives somebody the cluster role of the same name.
pub fn binding(name: &str, subject: &Value) -> Value {
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
        "subjects": [subject],
    })
}

/// A kubeconfig with one context, `control-plane`. JSON is YAML, and needs no writer of our own here.
pub fn kubeconfig(url: &str, ca: &str, user: &str, token: &str) -> String {
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": "control-plane",
        "clusters": [{"name": "control-plane", "cluster": {"server": url, "certificate-authority": ca}}],
        "users": [{"name": user, "user": {"token": token}}],
        "contexts": [{"name": "control-plane", "context": {"cluster": "control-plane", "user": user}}],
    })
    .to_string()
}
