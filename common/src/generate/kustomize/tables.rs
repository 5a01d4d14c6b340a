//! Which fields the built-in transformers touch.
//!
//! The configuration of kustomize api 0.18 (`internal/konfig/builtinpluginconsts`), and the cluster-scoped kinds of
//! kyaml 0.18 (`openapi/openapi.go`, `precomputedIsNamespaceScoped`).

use super::field_spec::FieldSpec;

/// Labels of a resource and of what it makes: `labels` with `includeTemplates`.
pub const METADATA_LABELS: &[FieldSpec] = &[
    FieldSpec::made("", "", "", "metadata/labels"),
    FieldSpec::made("", "v1", "ReplicationController", "spec/template/metadata/labels"),
    FieldSpec::made("", "", "Deployment", "spec/template/metadata/labels"),
    FieldSpec::made("", "", "ReplicaSet", "spec/template/metadata/labels"),
    FieldSpec::made("", "", "DaemonSet", "spec/template/metadata/labels"),
    FieldSpec::made("apps", "", "StatefulSet", "spec/template/metadata/labels"),
    FieldSpec::made("apps", "", "StatefulSet", "spec/volumeClaimTemplates[]/metadata/labels"),
    FieldSpec::made("batch", "", "Job", "spec/template/metadata/labels"),
    FieldSpec::made("batch", "", "CronJob", "spec/jobTemplate/metadata/labels"),
    FieldSpec::made("batch", "", "CronJob", "spec/jobTemplate/spec/template/metadata/labels"),
];

/// Selectors: `commonLabels`, and `labels` with `includeSelectors`, before [`METADATA_LABELS`].
pub const SELECTOR_LABELS: &[FieldSpec] = &[
    FieldSpec::made("", "v1", "Service", "spec/selector"),
    FieldSpec::made("", "v1", "ReplicationController", "spec/selector"),
    FieldSpec::made("", "", "Deployment", "spec/selector/matchLabels"),
    FieldSpec::of(
        "apps",
        "",
        "Deployment",
        "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    ),
    FieldSpec::of(
        "apps",
        "",
        "Deployment",
        "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    ),
    FieldSpec::of(
        "apps",
        "",
        "Deployment",
        "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    ),
    FieldSpec::of(
        "apps",
        "",
        "Deployment",
        "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    ),
    FieldSpec::of("apps", "", "Deployment", "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels"),
    FieldSpec::made("", "", "ReplicaSet", "spec/selector/matchLabels"),
    FieldSpec::made("", "", "DaemonSet", "spec/selector/matchLabels"),
    FieldSpec::made("apps", "", "StatefulSet", "spec/selector/matchLabels"),
    FieldSpec::of(
        "apps",
        "",
        "StatefulSet",
        "spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    ),
    FieldSpec::of(
        "apps",
        "",
        "StatefulSet",
        "spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    ),
    FieldSpec::of(
        "apps",
        "",
        "StatefulSet",
        "spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels",
    ),
    FieldSpec::of(
        "apps",
        "",
        "StatefulSet",
        "spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels",
    ),
    FieldSpec::of("apps", "", "StatefulSet", "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels"),
    FieldSpec::of("batch", "", "Job", "spec/selector/matchLabels"),
    FieldSpec::of("batch", "", "CronJob", "spec/jobTemplate/spec/selector/matchLabels"),
    FieldSpec::of("policy", "", "PodDisruptionBudget", "spec/selector/matchLabels"),
    FieldSpec::of("networking.k8s.io", "", "NetworkPolicy", "spec/podSelector/matchLabels"),
    FieldSpec::of("networking.k8s.io", "", "NetworkPolicy", "spec/ingress/from/podSelector/matchLabels"),
    FieldSpec::of("networking.k8s.io", "", "NetworkPolicy", "spec/egress/to/podSelector/matchLabels"),
];

/// `commonAnnotations`.
pub const ANNOTATIONS: &[FieldSpec] = &[
    FieldSpec::made("", "", "", "metadata/annotations"),
    FieldSpec::made("", "v1", "ReplicationController", "spec/template/metadata/annotations"),
    FieldSpec::made("", "", "Deployment", "spec/template/metadata/annotations"),
    FieldSpec::made("", "", "ReplicaSet", "spec/template/metadata/annotations"),
    FieldSpec::made("", "", "DaemonSet", "spec/template/metadata/annotations"),
    FieldSpec::made("", "", "StatefulSet", "spec/template/metadata/annotations"),
    FieldSpec::made("batch", "", "Job", "spec/template/metadata/annotations"),
    FieldSpec::made("batch", "", "CronJob", "spec/jobTemplate/metadata/annotations"),
    FieldSpec::made("batch", "", "CronJob", "spec/jobTemplate/spec/template/metadata/annotations"),
];

/// Where `namespace` goes beside `metadata.namespace`.
pub const NAMESPACE: &[FieldSpec] = &[
    FieldSpec::made("", "", "Namespace", "metadata/name"),
    FieldSpec::made("apiregistration.k8s.io", "", "APIService", "spec/service/namespace"),
    FieldSpec::of(
        "apiextensions.k8s.io",
        "",
        "CustomResourceDefinition",
        "spec/conversion/webhook/clientConfig/service/namespace",
    ),
];

/// `images`.
pub const IMAGES: &[FieldSpec] = &[
    FieldSpec::made("", "", "", "spec/containers[]/image"),
    FieldSpec::made("", "", "", "spec/initContainers[]/image"),
    FieldSpec::made("", "", "", "spec/template/spec/containers[]/image"),
    FieldSpec::made("", "", "", "spec/template/spec/initContainers[]/image"),
];

/// `replicas`.
pub const REPLICAS: &[FieldSpec] = &[
    FieldSpec::made("", "", "Deployment", "spec/replicas"),
    FieldSpec::made("", "", "ReplicationController", "spec/replicas"),
    FieldSpec::made("", "", "ReplicaSet", "spec/replicas"),
    FieldSpec::made("", "", "StatefulSet", "spec/replicas"),
];

/// Group, versions and kind of what has no namespace.
pub const CLUSTER_SCOPED: &[(&str, &[&str], &str)] = &[
    ("admissionregistration.k8s.io", &["v1", "v1beta1"], "MutatingWebhookConfiguration"),
    ("admissionregistration.k8s.io", &["v1", "v1beta1"], "ValidatingWebhookConfiguration"),
    ("apiextensions.k8s.io", &["v1", "v1beta1"], "CustomResourceDefinition"),
    ("apiregistration.k8s.io", &["v1", "v1beta1"], "APIService"),
    ("certificates.k8s.io", &["v1", "v1beta1"], "CertificateSigningRequest"),
    ("flowcontrol.apiserver.k8s.io", &["v1beta1"], "FlowSchema"),
    ("flowcontrol.apiserver.k8s.io", &["v1beta1"], "PriorityLevelConfiguration"),
    ("networking.k8s.io", &["v1", "v1beta1"], "IngressClass"),
    ("node.k8s.io", &["v1", "v1beta1"], "RuntimeClass"),
    ("policy", &["v1beta1"], "PodSecurityPolicy"),
    ("rbac.authorization.k8s.io", &["v1", "v1beta1"], "ClusterRole"),
    ("rbac.authorization.k8s.io", &["v1", "v1beta1"], "ClusterRoleBinding"),
    ("scheduling.k8s.io", &["v1", "v1beta1"], "PriorityClass"),
    ("storage.k8s.io", &["v1", "v1beta1"], "CSIDriver"),
    ("storage.k8s.io", &["v1", "v1beta1"], "CSINode"),
    ("storage.k8s.io", &["v1", "v1beta1"], "StorageClass"),
    ("storage.k8s.io", &["v1", "v1beta1"], "VolumeAttachment"),
    ("", &["v1"], "ComponentStatus"),
    ("", &["v1"], "Namespace"),
    ("", &["v1"], "Node"),
    ("", &["v1"], "NodeProxyOptions"),
    ("", &["v1"], "PersistentVolume"),
];
