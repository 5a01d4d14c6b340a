//! A kustomization file: every field this program applies, each entry with its place.
//!
//! Fields of kustomize that are not applied are listed as such, anything else is an error. Copied from kustomize api
//! 0.18 `types/kustomization.go`: field names match in any case, values are typed as sigs.k8s.io/yaml types them.

use std::collections::BTreeMap;

use super::config_map::{DataArgs, Options};
use super::field_spec::FieldSpec;
use super::fields::Fields;
use super::resource::Behavior;
use super::select::Target;
use super::sort::SortOrder;
use super::transform::Image;
use crate::finding::Finding;
use crate::yaml::{NodeRef, Place};

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    pub value: T,
    pub place: Place,
}

/// One entry of `patches` or `patchesJson6902`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatchArgs {
    pub path: String,
    pub patch: String,
    pub target: Option<Target>,
    pub allow_name_change: bool,
    pub allow_kind_change: bool,
}

/// One entry of `labels`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelArgs {
    pub pairs: BTreeMap<String, String>,
    pub include_selectors: bool,
    pub include_templates: bool,
    pub fields: Vec<FieldSpec>,
}

/// One entry of `replicas`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplicaArgs {
    pub name: String,
    pub count: i64,
}

/// What kind of kustomization it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Stands on its own.
    #[default]
    Kustomization,
    /// Changes the resources of the kustomization that names it.
    Component,
}

/// The content of a kustomization file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kustomization {
    pub role: Role,
    pub generators: Vec<Entry<String>>,
    /// `resources` and `bases`.
    pub resources: Vec<Entry<String>>,
    pub components: Vec<Entry<String>>,
    pub config_maps: Vec<Entry<DataArgs>>,
    pub secrets: Vec<Entry<DataArgs>>,
    pub generator_options: Options,
    pub patches_strategic_merge: Vec<Entry<String>>,
    pub patches: Vec<Entry<PatchArgs>>,
    pub patches_json6902: Vec<Entry<PatchArgs>>,
    pub namespace: Option<Entry<String>>,
    pub name_prefix: Option<Entry<String>>,
    pub name_suffix: Option<Entry<String>>,
    pub labels: Vec<Entry<LabelArgs>>,
    pub common_labels: Option<Entry<BTreeMap<String, String>>>,
    pub common_annotations: Option<Entry<BTreeMap<String, String>>>,
    pub replicas: Vec<Entry<ReplicaArgs>>,
    pub images: Vec<Entry<Image>>,
    pub sort_order: Option<SortOrder>,
    /// Fields of kustomize that this program does not apply.
    pub foreign: Vec<Entry<String>>,
}

const OWN: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata",
    "generators",
    "resources",
    "bases",
    "components",
    "configMapGenerator",
    "secretGenerator",
    "generatorOptions",
    "patchesStrategicMerge",
    "patches",
    "patchesJson6902",
    "namespace",
    "namePrefix",
    "nameSuffix",
    "labels",
    "commonLabels",
    "commonAnnotations",
    "replicas",
    "images",
    "imageTags",
    "sortOptions",
];

const FOREIGN: &[&str] = &[
    "openapi",
    "replacements",
    "vars",
    "crds",
    "helmGlobals",
    "helmCharts",
    "helmChartInflationGenerator",
    "configurations",
    "transformers",
    "validators",
    "buildMetadata",
];

impl Kustomization {
    /// Reads the root node of a kustomization file; all errors are collected.
    pub fn read(root: NodeRef<'_>, findings: &mut Vec<Finding>) -> Self {
        let mut read = Fields::new(findings);
        let known: Vec<&'static str> = OWN.iter().chain(FOREIGN).copied().collect();
        let mut own = Self::default();
        let (mut kind, mut api_version) = (None, None);
        let mut bases = Vec::new();
        for (name, node) in read.fields(root, &known) {
            match name {
                "apiVersion" => api_version = Some(read.entry(node, Fields::text)),
                "kind" => kind = Some(read.entry(node, Fields::text)),
                "generators" => own.generators = read.entries(node, Fields::text),
                "resources" => own.resources = read.entries(node, Fields::text),
                "bases" => bases = read.entries(node, Fields::text),
                "components" => own.components = read.entries(node, Fields::text),
                "configMapGenerator" => own.config_maps = read.entries(node, data_args),
                "secretGenerator" => own.secrets = read.entries(node, secret_args),
                "generatorOptions" => own.generator_options = options(&mut read, node),
                "patchesStrategicMerge" => own.patches_strategic_merge = read.entries(node, Fields::text),
                "patches" => own.patches = read.entries(node, patch_args),
                "patchesJson6902" => own.patches_json6902 = read.entries(node, patch_args),
                "namespace" => own.namespace = read.filled(node),
                "namePrefix" => own.name_prefix = read.filled(node),
                "nameSuffix" => own.name_suffix = read.filled(node),
                "labels" => own.labels = read.entries(node, label_args),
                "commonLabels" => own.common_labels = Some(read.entry(node, Fields::texts_by_key)),
                "commonAnnotations" => own.common_annotations = Some(read.entry(node, Fields::texts_by_key)),
                "replicas" => own.replicas = read.entries(node, replica_args),
                "images" | "imageTags" => own.images.extend(read.entries(node, image_args)),
                "sortOptions" => own.sort_order = Some(sort_options(&mut read, node)),
                "metadata" => {}
                _ if !is_empty(node) => own.foreign.push(Entry { value: name.into(), place: node.place() }),
                _ => {}
            }
        }
        own.resources.extend(bases);
        own.set_role(kind, api_version, &mut read);
        own
    }

    fn set_role(&mut self, kind: Option<Entry<String>>, version: Option<Entry<String>>, read: &mut Fields<'_>) {
        let (role, wanted) = match kind.as_ref().map_or("", |k| k.value.as_str()) {
            "Component" => (Role::Component, "kustomize.config.k8s.io/v1alpha1"),
            _ => (Role::Kustomization, "kustomize.config.k8s.io/v1beta1"),
        };
        self.role = role;
        if let Some(kind) = kind.filter(|k| !matches!(k.value.as_str(), "" | "Kustomization" | "Component")) {
            read.error(kind.place, format!("kind {:?} should be Kustomization or Component", kind.value));
        }
        if let Some(version) = version.filter(|v| !v.value.is_empty() && v.value != wanted) {
            read.error(version.place, format!("apiVersion {:?} should be {wanted}", version.value));
        }
    }

    /// Whether it says nothing at all, which kustomize refuses.
    pub fn is_empty(&self) -> bool {
        *self == Self { role: self.role, ..Self::default() }
    }
}

fn is_empty(node: NodeRef<'_>) -> bool {
    node.is_null() || node.is_seq() && node.items().next().is_none() || node.is_map() && node.entries().next().is_none()
}

fn data_args(read: &mut Fields<'_>, node: NodeRef<'_>) -> DataArgs {
    read_data_args(read, node, &[])
}

fn secret_args(read: &mut Fields<'_>, node: NodeRef<'_>) -> DataArgs {
    read_data_args(read, node, &["type"])
}

fn read_data_args(read: &mut Fields<'_>, node: NodeRef<'_>, more: &[&'static str]) -> DataArgs {
    let mut known = vec!["name", "namespace", "behavior", "files", "literals", "envs", "env", "options"];
    known.extend(more);
    let mut args = DataArgs::default();
    let mut env = None;
    for (name, node) in read.fields(node, &known) {
        match name {
            "name" => args.name = read.text(node),
            "namespace" => args.namespace = read.text(node),
            "behavior" => args.behavior = Behavior::from_text(&read.text(node)),
            "files" => args.files = read.texts(node),
            "literals" => args.literals = read.texts(node),
            "envs" => args.envs = read.texts(node),
            "env" => env = read.filled(node),
            "options" => args.options = options(read, node),
            _ => args.secret_type = read.text(node),
        }
    }
    args.envs.extend(env.map(|entry| entry.value));
    args
}

fn options(read: &mut Fields<'_>, node: NodeRef<'_>) -> Options {
    let mut options = Options::default();
    for (name, node) in read.fields(node, &["labels", "annotations", "disableNameSuffixHash", "immutable"]) {
        match name {
            "labels" => options.labels = read.texts_by_key(node),
            "annotations" => options.annotations = read.texts_by_key(node),
            "immutable" => options.immutable = read.bool(node),
            _ => options.disable_name_suffix_hash = read.bool(node),
        }
    }
    options
}

fn patch_args(read: &mut Fields<'_>, node: NodeRef<'_>) -> PatchArgs {
    let mut args = PatchArgs::default();
    for (name, node) in read.fields(node, &["path", "patch", "target", "options"]) {
        match name {
            "path" => args.path = read.text(node),
            "patch" => args.patch = read.text(node),
            "target" => args.target = Some(target(read, node)),
            _ => {
                for (name, node) in read.fields(node, &["allowNameChange", "allowKindChange"]) {
                    match name {
                        "allowNameChange" => args.allow_name_change = read.bool(node),
                        _ => args.allow_kind_change = read.bool(node),
                    }
                }
            }
        }
    }
    args
}

fn target(read: &mut Fields<'_>, node: NodeRef<'_>) -> Target {
    let mut target = Target::default();
    let known = &["group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector"];
    for (name, node) in read.fields(node, known) {
        let text = read.text(node);
        match name {
            "group" => target.group = text,
            "version" => target.version = text,
            "kind" => target.kind = text,
            "name" => target.name = text,
            "namespace" => target.namespace = text,
            "labelSelector" => target.label_selector = text,
            _ => target.annotation_selector = text,
        }
    }
    target
}

fn label_args(read: &mut Fields<'_>, node: NodeRef<'_>) -> LabelArgs {
    let mut args = LabelArgs::default();
    for (name, node) in read.fields(node, &["pairs", "includeSelectors", "includeTemplates", "fields"]) {
        match name {
            "pairs" => args.pairs = read.texts_by_key(node),
            "includeSelectors" => args.include_selectors = read.bool(node),
            "includeTemplates" => args.include_templates = read.bool(node),
            _ => args.fields = read.entries(node, field_spec).into_iter().map(|e| e.value).collect(),
        }
    }
    args
}

fn field_spec(read: &mut Fields<'_>, node: NodeRef<'_>) -> FieldSpec {
    let mut spec = FieldSpec::of("", "", "", "");
    for (name, node) in read.fields(node, &["group", "version", "kind", "path", "create"]) {
        match name {
            "group" => spec.group = read.text(node).into(),
            "version" => spec.version = read.text(node).into(),
            "kind" => spec.kind = read.text(node).into(),
            "path" => spec.path = read.text(node).into(),
            _ => spec.create = read.bool(node),
        }
    }
    spec
}

fn replica_args(read: &mut Fields<'_>, node: NodeRef<'_>) -> ReplicaArgs {
    let mut args = ReplicaArgs::default();
    for (name, node) in read.fields(node, &["name", "count"]) {
        match name {
            "name" => args.name = read.text(node),
            _ => args.count = read.int(node),
        }
    }
    args
}

fn image_args(read: &mut Fields<'_>, node: NodeRef<'_>) -> Image {
    let mut image = Image::default();
    for (name, node) in read.fields(node, &["name", "newName", "newTag", "tagSuffix", "digest"]) {
        let text = read.text(node);
        match name {
            "name" => image.name = text,
            "newName" => image.new_name = text,
            "newTag" => image.new_tag = text,
            "tagSuffix" => image.tag_suffix = text,
            _ => image.digest = text,
        }
    }
    image
}

fn sort_options(read: &mut Fields<'_>, node: NodeRef<'_>) -> SortOrder {
    let mut order = read.entry(node, |_, _| String::new());
    let mut lists = None;
    for (name, node) in read.fields(node, &["order", "legacySortOptions"]) {
        match name {
            "order" => order = read.entry(node, Fields::text),
            _ => {
                let (mut first, mut last) = (Vec::new(), Vec::new());
                for (name, node) in read.fields(node, &["orderFirst", "orderLast"]) {
                    match name {
                        "orderFirst" => first = read.texts(node),
                        _ => last = read.texts(node),
                    }
                }
                lists = Some(SortOrder::Legacy { first, last });
            }
        }
    }
    match (order.value.as_str(), lists) {
        ("legacy", lists) => lists.unwrap_or_default(),
        ("fifo", None) => SortOrder::Fifo,
        ("fifo", Some(_)) => {
            read.error(order.place, "`legacySortOptions` needs the order legacy".into());
            SortOrder::Fifo
        }
        (other, _) => {
            read.error(order.place, format!("the order {other:?} is unknown; use fifo or legacy"));
            SortOrder::Fifo
        }
    }
}
