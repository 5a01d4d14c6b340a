//! `oc ztp placement`: which policies reach which clusters, and by which label, from files alone.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use ztp_common::cli::{Failure, Outcome, Table, Terminal, count, print};
use ztp_common::lint::placement::{Matrix, PolicySet};
use ztp_common::lint::{Files, Lookup, Repository};

use crate::generate::source_crs;
use crate::generators::own_folder;

/// How many clusters a line names.
const NAMED: usize = 3;

const EXAMPLES: &str = "\
Examples:
  oc ztp placement .
  oc ztp placement . site-harbour
  oc ztp placement . -o json
  oc ztp placement gitops/ --source-crs reference/source-crs";

/// How the answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Show which policies reach which clusters, and by which label
///
/// Clusters and their labels are those of SiteConfigs, policies those of PolicyGenTemplates. Labels that only the hub
/// sets (ztp-done, vendor, cluster sets) are taken to fit.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PlacementArgs {
    /// File or folder
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Show each policy of this cluster, and why the others do not reach it
    #[arg(value_name = "CLUSTER")]
    cluster: Option<String>,
    /// Folder of source CRs; may be given more than once
    #[arg(long, value_name = "DIR")]
    source_crs: Vec<PathBuf>,
    /// Format: text or json
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    output: Format,
}

/// Does `placement`.
///
/// # Errors
/// The path is not there, no SiteConfig describes the cluster, or the output cannot be written.
pub fn run(args: &PlacementArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    if !args.path.exists() {
        return Err(Failure::new(format!("there is no {}", args.path.display())).fix("check the path"));
    }
    let lookup = Lookup {
        source_crs: source_crs(&args.source_crs, std::env::current_dir().ok().as_deref()),
        extra_manifests: None,
        beside: Some(own_folder()),
    };
    let files = Files::read(std::slice::from_ref(&args.path), &args.source_crs);
    let repository = Repository::new(&files, &lookup);
    let known = |e: &dyn std::fmt::Display| Failure::new(e.to_string()).fix("oc ztp placement PATH names all clusters");
    let matrix = Matrix::new(&repository, args.cluster.as_deref()).map_err(|e| known(&e))?;
    if !terminal.quiet && repository.generators.iter().any(|generator| generator.generated.failed()) {
        eprintln!("note: some files have errors and are left out; see oc ztp validate {}", args.path.display());
    }
    let text = match (args.output, &args.cluster) {
        (Format::Json, cluster) => format!("{:#}\n", as_json(&matrix, cluster.as_deref())),
        (Format::Text, None) => overview(&matrix, terminal),
        (Format::Text, Some(_)) => of_cluster(&matrix, terminal),
    };
    print(&text).map(|()| Outcome::Done)
}

/// A line for each PolicyGenTemplate; then the clusters that get nothing.
fn overview(matrix: &Matrix, terminal: &Terminal) -> String {
    let mut table = Table::new(&["NAMESPACE", "GENERATOR", "POLICIES", "LABELS", "CLUSTERS"]);
    for set in &matrix.sets {
        let clusters: Vec<&str> =
            set.reach.iter().filter_map(|i| matrix.clusters.get(*i)).map(String::as_str).collect();
        table.row(vec![
            set.namespace.clone(),
            set.name.clone(),
            set.policies.len().to_string(),
            set.rules.join(" "),
            listed(&clusters),
        ]);
    }
    let mut text = if table.is_empty() { String::new() } else { table.text(terminal.headers) };
    if !terminal.quiet {
        let unreached = matrix.unreached();
        text.push_str(&format!("{}, {}\n", policies(&matrix.sets), count(matrix.clusters.len(), "cluster")));
        if !unreached.is_empty() {
            text.push_str(&format!("no policy reaches {}\n", listed(&unreached)));
        }
    }
    text
}

/// A line for each policy of one cluster; then what does not reach it.
fn of_cluster(matrix: &Matrix, terminal: &Terminal) -> String {
    let (reaching, others): (Vec<_>, Vec<_>) = matrix.sets.iter().partition(|set| set.against.is_empty());
    let mut table = Table::new(&["NAMESPACE", "POLICY", "WAVE", "LABELS"]);
    for set in reaching {
        for (policy, wave) in &set.policies {
            table.row(vec![set.namespace.clone(), policy.clone(), wave.clone(), set.rules.join(" ")]);
        }
    }
    let mut text = if table.is_empty() { "no policy reaches it\n".into() } else { table.text(terminal.headers) };
    if !others.is_empty() && !terminal.quiet {
        let mut table = Table::new(&["NOT REACHED BY", "BECAUSE OF"]);
        for set in others {
            table.row(vec![set.name.clone(), set.against.join(" ")]);
        }
        text.push('\n');
        text.push_str(&table.text(terminal.headers));
    }
    text
}

/// One object with `apiVersion` and `kind`; of one cluster, the generators say whether and why not they reach it.
fn as_json(matrix: &Matrix, cluster: Option<&str>) -> Value {
    let generator = |set: &PolicySet| {
        let policy = |(name, wave): &(String, String)| match wave.as_str() {
            "" => json!({"name": name}),
            wave => json!({"name": name, "wave": wave}),
        };
        let mut object = json!({
            "name": set.name,
            "namespace": set.namespace,
            "policies": set.policies.iter().map(policy).collect::<Vec<_>>(),
            "labels": set.rules,
        });
        match cluster {
            None => object["clusters"] = set.reach.iter().filter_map(|i| matrix.clusters.get(*i).cloned()).collect(),
            Some(_) => {
                object["reaches"] = set.against.is_empty().into();
                object["against"] = set.against.clone().into();
            }
        }
        object
    };
    let mut report = json!({
        "apiVersion": ztp_common::cli::API_VERSION,
        "kind": "PlacementReport",
        "generators": matrix.sets.iter().map(generator).collect::<Vec<_>>(),
    });
    match cluster {
        Some(name) => report["cluster"] = name.into(),
        None => {
            report["clusters"] = matrix.clusters.clone().into();
            report["unreached"] = matrix.unreached().into();
        }
    }
    report
}

fn policies(sets: &[PolicySet]) -> String {
    count(sets.iter().map(|set| set.policies.len()).sum(), "policy")
}

/// "a, b, c and 12 more".
fn listed(names: &[&str]) -> String {
    match names.get(..NAMED) {
        Some(first) if names.len() > NAMED => format!("{} and {} more", first.join(", "), names.len() - NAMED),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use ztp_common::cli::TerminalFlags;

    use super::*;

    fn matrix() -> Matrix {
        let set = |name: &str, rule: &str, reach: &[usize], against: &[&str]| PolicySet {
            name: name.into(),
            namespace: "ztp".into(),
            policies: vec![(format!("{name}-config"), "10".into())],
            rules: vec![rule.into()],
            reach: reach.to_vec(),
            against: against.iter().map(|rule| (*rule).to_owned()).collect(),
        };
        Matrix {
            clusters: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            sets: vec![set("common", "common=true", &[0, 1, 2, 3], &[]), set("site", "sites=a", &[0], &["sites=a"])],
        }
    }

    #[test]
    fn the_overview_names_few_clusters_and_those_without_policies() {
        let terminal = Terminal::resolve(&TerminalFlags::default(), |_| None, (false, false), None);
        let expected = "\
NAMESPACE  GENERATOR  POLICIES  LABELS       CLUSTERS
ztp        common     1         common=true  a, b, c and 1 more
ztp        site       1         sites=a      a
2 policies, 5 clusters
no policy reaches e
";
        assert_eq!(overview(&matrix(), &terminal), expected);
    }

    #[test]
    fn programs_get_all_names() {
        let all = as_json(&matrix(), None);
        assert_eq!(all["generators"][0]["clusters"], json!(["a", "b", "c", "d"]));
        assert_eq!(all["generators"][0]["policies"], json!([{"name": "common-config", "wave": "10"}]));
        assert_eq!((&all["unreached"], &all["kind"]), (&json!(["e"]), &json!("PlacementReport")));
        let one = as_json(&matrix(), Some("b"));
        assert_eq!(one["generators"][1]["against"], json!(["sites=a"]));
        assert_eq!((&one["generators"][1]["reaches"], &one["cluster"]), (&json!(false), &json!("b")));
    }

    #[test]
    fn a_cluster_sees_its_policies_and_why_others_pass_it_by() {
        let terminal = Terminal::resolve(&TerminalFlags::default(), |_| None, (false, false), None);
        let expected = "\
NAMESPACE  POLICY         WAVE  LABELS
ztp        common-config  10    common=true

NOT REACHED BY  BECAUSE OF
site            sites=a
";
        assert_eq!(of_cluster(&matrix(), &terminal), expected);
    }
}
