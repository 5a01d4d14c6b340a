//! Findings about reading files at all.

use super::rule::{Rule, rule};
use crate::finding::Level::{Error, Info, Warning};

pub const RULES: &[Rule] = &[
    rule(
        "input/no-extra-manifests",
        Info,
        [
            "there is no folder of extra manifests, so what SiteConfigs generate was not checked",
            "name the reference's folder with --extra-manifests, or put it beside the kustomization as extra-manifest",
            "The reference's extra manifests usually lie in the image of the generator and not in Git. Without them the fields of a SiteConfig are checked, but its filters, its merged MachineConfigs and the objects it generates are not.",
        ],
        "ZTP 4.20 site generator, `siteConfigBuilder.go`, look-up of `extra-manifest`",
    ),
    rule(
        "input/no-kind",
        Error,
        [
            "the file has no kind",
            "name a file whose first document is a PolicyGenTemplate or a SiteConfig",
            "The kind of the first document decides which generator reads a file. Without one there is nothing to generate. An error when the file was named for generate; validate warns about files that have the shape of an input, and leaves other YAML alone.",
        ],
        "ZTP 4.20 generators, which read only the first document of a file",
    ),
    rule(
        "input/no-source-crs",
        Error,
        [
            "there is no folder of source CRs, so PolicyGenTemplates cannot be checked in full",
            "name the reference's folder with --source-crs, or put it beside the kustomization as source-crs",
            "A PolicyGenTemplate names source CRs by file. They are looked up in source-crs beside the kustomization, then in each --source-crs, then beside the program. None of these folders is there, so no policy can be made; this is said once instead of once for each entry.",
        ],
        "ZTP 4.20 PolicyGenTemplate generator, look-up of source CRs",
    ),
    rule(
        "input/unknown-kind",
        Warning,
        [
            "a file has nearly the kind of an input",
            "correct the kind",
            "No generator reads the file, so nothing is made of it, and nothing says so. Said only of files with the apiVersion or the shape of an input that no kustomization lists; of listed ones kustomize says it.",
        ],
        "ZTP 4.20 generators, which skip other kinds",
    ),
    rule(
        "input/unreadable",
        Error,
        [
            "a file cannot be read",
            "check the path and the permissions",
            "The file was named on the command line, but the system does not give its content.",
        ],
        "the system's own reason is in the finding's note",
    ),
    rule(
        "input/unsupported",
        Error,
        [
            "this build has no generator for the kind",
            "use a build that has it, or leave the file out",
            "The file is of a kind that GitOps ZTP knows, but the generator for it was not set up for this run.",
        ],
        "oc ztp generate",
    ),
    rule(
        "input/yaml",
        Error,
        [
            "the file is no YAML",
            "correct the marked line; the cause is often an indentation or a missing quote just before it",
            "The text is read as gopkg.in/yaml.v3 reads it, which is what the generators and kustomize use, so they refuse it at the same spot.",
        ],
        "gopkg.in/yaml.v3 3.0.1, `scannerc.go` and `parserc.go`",
    ),
];
