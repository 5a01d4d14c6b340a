//! The fields of a SiteConfig as data: names in YAML and in Go, types and defaults.
//!
//! This table drives decoding, the `{{ .Cluster.X }}` of CR templates and the data of `.tmpl` manifests. It follows
//! `siteConfig.go` of the ZTP 4.20 site generator; the order of the fields is that of the Go types, which templates
//! can print.

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Type {
    /// `string`
    Text,
    /// `bool`
    Bool,
    /// `int`
    Int,
    /// `map[string]interface{}`
    Free,
    /// `map[string]string`
    Texts,
    /// `map[string]map[string]string`
    TextsByName,
    /// A slice; its items are texts or structs.
    List(&'static Type),
    /// A struct.
    Struct(&'static Struct),
    /// A pointer to a struct, a text or a slice.
    Pointer(&'static Type),
}

/// What a field is before the file says something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// The zero value of its type.
    Zero,
    /// This text; an explicit "" wins.
    Text(&'static str),
    /// This text when the field is given but empty.
    WhenEmpty(&'static str),
}

/// One field.
#[derive(Debug, PartialEq)]
pub struct Field {
    /// Its name in YAML; "" when a file cannot set it.
    pub yaml: &'static str,
    /// Its name in Go, which templates use.
    pub go: &'static str,
    /// Its type.
    pub ty: Type,
    /// Its value when absent.
    pub default: Default,
    /// Whether an empty value is left out when the struct is written (`omitempty`).
    pub omit_empty: bool,
}

/// A Go struct.
#[derive(Debug, PartialEq)]
pub struct Struct {
    /// Its name in Go.
    pub name: &'static str,
    /// Its fields in order.
    pub fields: &'static [Field],
}

const fn field(yaml: &'static str, go: &'static str, ty: Type) -> Field {
    Field { yaml, go, ty, default: Default::Zero, omit_empty: false }
}

const fn text(yaml: &'static str, go: &'static str) -> Field {
    field(yaml, go, Type::Text)
}

const fn omitted(yaml: &'static str, go: &'static str) -> Field {
    Field { omit_empty: true, ..text(yaml, go) }
}

const fn preset(yaml: &'static str, go: &'static str, value: &'static str) -> Field {
    Field { default: Default::Text(value), ..text(yaml, go) }
}

const TEXTS: Type = Type::List(&Type::Text);

/// The whole document.
pub static SITE_CONFIG: Struct = Struct {
    name: "siteConfig.SiteConfig",
    fields: &[
        text("apiVersion", "ApiVersion"),
        text("kind", "Kind"),
        field("metadata", "Metadata", Type::Struct(&METADATA)),
        field("spec", "Spec", Type::Struct(&SPEC)),
    ],
};

static METADATA: Struct = Struct {
    name: "siteConfig.Metadata",
    fields: &[text("name", "Name"), text("namespace", "Namespace"), field("labels", "Labels", Type::Texts)],
};

static SPEC: Struct = Struct {
    name: "siteConfig.Spec",
    fields: &[
        field("pullSecretRef", "PullSecretRef", Type::Struct(&PULL_SECRET_REF)),
        text("clusterImageSetNameRef", "ClusterImageSetNameRef"),
        text("sshPublicKey", "SshPublicKey"),
        field("sshPrivateKeySecretRef", "SshPrivateKeySecretRef", Type::Struct(&SSH_KEY_REF)),
        field("clusters", "Clusters", Type::List(&Type::Struct(&CLUSTER))),
        text("baseDomain", "BaseDomain"),
        field("crTemplates", "CrTemplates", Type::Texts),
        field("crAnnotations", "CrAnnotations", Type::Struct(&CR_ANNOTATIONS)),
        field("biosConfigRef", "BiosConfigRef", Type::Struct(&BIOS_CONFIG_REF)),
    ],
};

static PULL_SECRET_REF: Struct = Struct { name: "siteConfig.PullSecretRef", fields: &[text("name", "Name")] };
static SSH_KEY_REF: Struct = Struct { name: "siteConfig.SshPrivateKeySecretRef", fields: &[text("name", "Name")] };
static BIOS_CONFIG_REF: Struct = Struct { name: "siteConfig.BiosConfigRef", fields: &[text("filePath", "FilePath")] };
static CR_ANNOTATIONS: Struct =
    Struct { name: "siteConfig.CrAnnotations", fields: &[field("add", "Add", Type::TextsByName)] };

static CLUSTER: Struct = Struct {
    name: "siteConfig.Clusters",
    fields: &[
        text("apiVIP", "ApiVIP"),
        text("ingressVIP", "IngressVIP"),
        field("apiVIPs", "ApiVIPs", TEXTS),
        field("ingressVIPs", "IngressVIPs", TEXTS),
        text("clusterName", "ClusterName"),
        field("holdInstallation", "HoldInstallation", Type::Bool),
        field("additionalNTPSources", "AdditionalNTPSources", TEXTS),
        field("nodes", "Nodes", Type::List(&Type::Struct(&NODE))),
        field("machineNetwork", "MachineNetwork", Type::List(&Type::Struct(&MACHINE_NETWORK))),
        field("serviceNetwork", "ServiceNetwork", TEXTS),
        field("clusterLabels", "ClusterLabels", Type::Texts),
        preset("networkType", "NetworkType", "OVNKubernetes"),
        omitted("installConfigOverrides", "InstallConfigOverrides"),
        field("clusterNetwork", "ClusterNetwork", Type::List(&Type::Struct(&CLUSTER_NETWORK))),
        text("ignitionConfigOverride", "IgnitionConfigOverride"),
        field("diskEncryption", "DiskEncryption", Type::Struct(&DISK_ENCRYPTION)),
        Field { omit_empty: true, ..field("proxy", "Proxy", Type::Struct(&PROXY)) },
        text("extraManifestPath", "ExtraManifestPath"),
        omitted("clusterImageSetNameRef", "ClusterImageSetNameRef"),
        field("biosConfigRef", "BiosConfigRef", Type::Struct(&BIOS_CONFIG_REF)),
        field("extraManifests", "ExtraManifests", Type::Struct(&EXTRA_MANIFESTS)),
        Field { default: Default::WhenEmpty("None"), ..text("cpuPartitioningMode", "CPUPartitioning") },
        field("siteConfigMap", "SiteConfigMap", Type::Struct(&SITE_CONFIG_MAP)),
        field("extramanifestonly", "ExtraManifestOnly", Type::Bool),
        field("nummasters", "NumMasters", Type::Int),
        field("numworkers", "NumWorkers", Type::Int),
        text("clustertype", "ClusterType"),
        field("crTemplates", "CrTemplates", Type::Texts),
        field("crAnnotations", "CrAnnotations", Type::Struct(&CR_ANNOTATIONS)),
        field("crSuppression", "CrSuppression", TEXTS),
        field("manifestsconfigmaprefs", "ManifestsConfigMapRefs", Type::List(&Type::Struct(&MANIFESTS_REF))),
        field("mergeDefaultMachineConfigs", "MergeDefaultMachineConfigs", Type::Bool),
    ],
};

/// A reference to a ConfigMap with manifests.
pub static MANIFESTS_REF: Struct =
    Struct { name: "siteConfig.ManifestsConfigMapReference", fields: &[text("name", "Name")] };

static MACHINE_NETWORK: Struct = Struct { name: "siteConfig.MachineNetwork", fields: &[text("cidr", "Cidr")] };
static CLUSTER_NETWORK: Struct = Struct {
    name: "siteConfig.ClusterNetwork",
    fields: &[text("cidr", "Cidr"), field("hostPrefix", "HostPrefix", Type::Int)],
};
static PROXY: Struct = Struct {
    name: "siteConfig.Proxy",
    fields: &[omitted("httpProxy", "HttpProxy"), omitted("httpsProxy", "HttpsProxy"), omitted("noProxy", "NoProxy")],
};

static DISK_ENCRYPTION: Struct = Struct {
    name: "siteConfig.DiskEncryption",
    fields: &[
        preset("type", "Type", "none"),
        field("tang", "Tang", Type::List(&Type::Struct(&TANG))),
        field("tpm2", "Tpm2", Type::Struct(&TPM2)),
    ],
};
static TANG: Struct =
    Struct { name: "siteConfig.TangConfig", fields: &[text("url", "URL"), text("thumbprint", "Thumbprint")] };
static TPM2: Struct = Struct { name: "siteConfig.Tpm2Config", fields: &[text("pcrList", "PCRList")] };

static EXTRA_MANIFESTS: Struct = Struct {
    name: "siteConfig.ExtraManifests",
    fields: &[
        field("searchPaths", "SearchPaths", Type::Pointer(&TEXTS)),
        field("filter", "Filter", Type::Pointer(&Type::Struct(&FILTER))),
    ],
};
static FILTER: Struct = Struct {
    name: "siteConfig.Filter",
    fields: &[
        field("inclusionDefault", "InclusionDefault", Type::Pointer(&Type::Text)),
        field("exclude", "Exclude", TEXTS),
        field("include", "Include", TEXTS),
    ],
};
static SITE_CONFIG_MAP: Struct = Struct {
    name: "siteConfig.SiteConfigMap",
    fields: &[text("name", "Name"), preset("namespace", "Namespace", "ztp-site"), field("data", "Data", Type::Texts)],
};

static NODE: Struct = Struct {
    name: "siteConfig.Nodes",
    fields: &[
        text("bmcAddress", "BmcAddress"),
        text("bootMACAddress", "BootMACAddress"),
        preset("automatedCleaningMode", "AutomatedCleaningMode", "disabled"),
        field("rootDeviceHints", "RootDeviceHints", Type::Free),
        text("cpuset", "Cpuset"),
        field("nodeNetwork", "NodeNetwork", Type::Struct(&NODE_NETWORK)),
        field("nodeLabels", "NodeLabels", Type::Texts),
        text("hostName", "HostName"),
        field("bmcCredentialsName", "BmcCredentialsName", Type::Struct(&BMC_CREDENTIALS)),
        preset("bootMode", "BootMode", "UEFI"),
        field("userData", "UserData", Type::Free),
        text("installerArgs", "InstallerArgs"),
        text("ignitionConfigOverride", "IgnitionConfigOverride"),
        preset("role", "Role", "master"),
        field("crTemplates", "CrTemplates", Type::Texts),
        field("crAnnotations", "CrAnnotations", Type::Struct(&CR_ANNOTATIONS)),
        field("crSuppression", "CrSuppression", TEXTS),
        field("biosConfigRef", "BiosConfigRef", Type::Struct(&BIOS_CONFIG_REF)),
        field("diskPartition", "DiskPartition", Type::List(&Type::Struct(&DISK_PARTITION))),
        preset("ironicInspect", "IronicInspect", "enabled"),
    ],
};
static BMC_CREDENTIALS: Struct = Struct { name: "siteConfig.BmcCredentialsName", fields: &[text("name", "Name")] };
static NODE_NETWORK: Struct = Struct {
    name: "siteConfig.NodeNetwork",
    fields: &[
        field("config", "Config", Type::Free),
        field("interfaces", "Interfaces", Type::List(&Type::Struct(&INTERFACE))),
    ],
};
static INTERFACE: Struct =
    Struct { name: "siteConfig.Interfaces", fields: &[text("name", "Name"), text("macAddress", "MacAddress")] };

static DISK_PARTITION: Struct = Struct {
    name: "siteConfig.DiskPartition",
    fields: &[text("device", "Device"), field("partitions", "Partitions", Type::List(&Type::Struct(&PARTITION)))],
};
static PARTITION: Struct = Struct {
    name: "siteConfig.Partitions",
    fields: &[
        text("mount_point", "MountPoint"),
        field("size", "Size", Type::Int),
        field("start", "Start", Type::Int),
        text("file_system_format", "FileSystemFormat"),
        text("", "MountFileName"),
        text("", "Label"),
        field("", "Encryption", Type::Bool),
    ],
};
