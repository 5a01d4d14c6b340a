//! The transformers of one kustomization, in kustomize's order.

use std::collections::BTreeMap;

use super::field_spec::FieldSpec;
use super::files::Folder;
use super::kustomization::{Entry, Kustomization, LabelArgs, PatchArgs};
use super::patches::{self, Allowed, Memory, Patch};
use super::resources::Resources;
use super::tables::{ANNOTATIONS, METADATA_LABELS, SELECTOR_LABELS};
use super::transform::{End, rename, set_entries, set_image, set_namespace, set_replicas};
use super::tree::Tree;
use crate::finding::Finding;
use crate::yaml::{Place, Source};

const ID: &str = "kustomize/transformer";

/// Applies everything a kustomization says about the resources it has.
pub fn transform(tree: &mut Tree<'_>, folder: &Folder, own: &Kustomization, resources: &mut Resources) {
    for entry in &own.patches_strategic_merge {
        merge_entry(tree, folder, entry, resources);
    }
    for entry in &own.patches {
        patch_entry(tree, folder, entry, resources, Memory::Kept);
    }
    if let Some(entry) = &own.namespace {
        tree.check(set_namespace(resources, &entry.value), ID, &entry.place);
    }
    for (entry, end) in [(&own.name_prefix, End::Prefix), (&own.name_suffix, End::Suffix)] {
        if let Some(entry) = entry {
            rename(resources, &entry.value, end);
        }
    }
    for entry in &own.labels {
        tree.check(label(resources, &entry.value), ID, &entry.place);
    }
    let common = SELECTOR_LABELS.iter().chain(METADATA_LABELS);
    set_common(tree, resources, &own.common_labels, common);
    set_common(tree, resources, &own.common_annotations, ANNOTATIONS.iter());
    for entry in &own.patches_json6902 {
        patch_entry(tree, folder, entry, resources, Memory::Lost);
    }
    for entry in &own.replicas {
        tree.check(set_replicas(resources, &entry.value.name, entry.value.count), ID, &entry.place);
    }
    for entry in &own.images {
        tree.check(set_image(resources, &entry.value), ID, &entry.place);
    }
}

fn set_common<'s>(
    tree: &mut Tree<'_>,
    resources: &mut Resources,
    entry: &Option<Entry<BTreeMap<String, String>>>,
    specs: impl Iterator<Item = &'s FieldSpec> + Clone,
) {
    if let Some(entry) = entry {
        tree.check(set_entries(resources, &entry.value, specs), ID, &entry.place);
    }
}

fn label(resources: &mut Resources, args: &LabelArgs) -> Result<(), String> {
    let metadata = [FieldSpec::made("", "", "", "metadata/labels")];
    let own = args.fields.iter();
    match (args.include_selectors, args.include_templates) {
        (true, _) => set_entries(resources, &args.pairs, own.chain(SELECTOR_LABELS).chain(METADATA_LABELS)),
        (false, true) => set_entries(resources, &args.pairs, own.chain(METADATA_LABELS)),
        (false, false) => set_entries(resources, &args.pairs, own.chain(&metadata)),
    }
}

/// An entry of `patchesStrategicMerge`: the patch itself or the name of its file.
fn merge_entry(tree: &mut Tree<'_>, folder: &Folder, entry: &Entry<String>, resources: &mut Resources) {
    let inline = Source::from_text(entry.place.file.clone(), entry.value.as_str());
    let read = match patches::read(&inline) {
        Ok(patch) => Ok(patch),
        Err(_) => from_file(tree, folder, &entry.value, &entry.place),
    };
    match read {
        Ok(Patch::Merge { rewritten: list, .. }) => {
            let result = patches::merge_by_identity(resources, &list, Allowed::default());
            tree.check(result, "kustomize/patch", &entry.place);
        }
        Ok(Patch::Json(_)) => {
            tree.fail("kustomize/patch", "this is a JSON patch; list it under `patches`", Some(&entry.place));
        }
        Err(finding) => tree.fail_with(*finding),
    }
}

fn patch_entry(
    tree: &mut Tree<'_>,
    folder: &Folder,
    entry: &Entry<PatchArgs>,
    resources: &mut Resources,
    memory: Memory,
) {
    let (args, place) = (&entry.value, &entry.place);
    let text = args.patch.trim();
    let broken = |fact: String| Box::new(Finding::error("kustomize/patch", fact).at(place.clone()));
    let read = match (args.path.as_str(), text) {
        ("", "") => Err(broken("the entry has neither `patch` nor `path`".into())),
        (path, "") => from_file(tree, folder, path, place),
        ("", text) => {
            let source = Source::from_text(place.file.clone(), text);
            patches::read(&source).map_err(|e| broken(format!("line {} of the patch: {}", e.place.line, e.message)))
        }
        _ => Err(broken("give `patch` or `path`, not both".into())),
    };
    let result = match (&read, &args.target) {
        (Err(finding), _) => return tree.fail_with(Finding::clone(finding)),
        (Ok(patch), Some(target)) => {
            patches::apply_to_target(resources, patch, target, Allowed::from(args), memory).map(Some)
        }
        (Ok(Patch::Merge { plain: list, .. }), None) => {
            patches::merge_by_identity(resources, list, Allowed::from(args)).map(|()| None)
        }
        (Ok(Patch::Json(_)), None) => Err("a JSON patch needs a `target`".into()),
    };
    match result {
        Ok(Some(0)) => {
            let fact = "the target of this patch selects no resource";
            tree.findings.push(Finding::warning("kustomize/patch-without-effect", fact).at(place.clone()));
        }
        Ok(_) => {}
        Err(fact) => tree.fail("kustomize/patch", fact, Some(place)),
    }
}

fn from_file(tree: &Tree<'_>, folder: &Folder, path: &str, place: &Place) -> Result<Patch, Box<Finding>> {
    let bytes = folder.read(path, tree.files).map_err(|fact| {
        let finding = Finding::error("kustomize/unreadable", fact).at(place.clone());
        match folder.similar(path, tree.files).filter(|meant| meant != path) {
            Some(meant) => Box::new(finding.fix(format!("did you mean {meant:?}?"))),
            None => Box::new(finding),
        }
    })?;
    let name = folder.shown(path).display().to_string();
    let broken = |e: crate::yaml::Error| Box::new(Finding::error("kustomize/patch", e.message).at(e.place));
    let source = Source::from_bytes(name, bytes).map_err(broken)?;
    patches::read(&source).map_err(broken)
}
