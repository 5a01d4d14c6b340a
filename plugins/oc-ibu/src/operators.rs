//! `oc ibu operators`: what installs the operators that an image-based upgrade needs.

use clap::{Args, ValueEnum};
use ztp_common::cli::{Failure, Outcome, Terminal, print};
use ztp_common::upgrade::print::{BackupLocation, Form, Operator, data_protection_application, install, source_crs};

use crate::objects::stream;

const EXAMPLES: &str = "\
Examples:
  oc ibu operators | oc apply -f -
  oc ibu operators --form gitops --s3-url https://s3.example.com --bucket ibu > oadp-and-lca.yaml
  oc ibu operators oadp --s3-url https://s3.example.com --bucket ibu --prefix sno2 | oc apply -f -";

/// Which operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Lifecycle Agent
    Lca,
    /// OADP
    Oadp,
}

/// What the objects are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum For {
    /// To apply at once
    #[default]
    Cli,
    /// For policies: with deploy waves, install plans left to TALM
    Gitops,
}

/// Print what installs the Lifecycle Agent and OADP
///
/// With --s3-url and --bucket also the DataProtectionApplication, with the fields that an image-based upgrade needs. On a
/// seed cluster leave it out: no DataProtectionApplication may be in a seed image.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct OperatorsArgs {
    /// lca, oadp; both if none is named
    #[arg(value_name = "OPERATOR", value_enum, hide_possible_values = true)]
    operators: Vec<Which>,
    /// What for: cli (to apply at once) or gitops (for policies)
    #[arg(long, value_enum, default_value_t, value_name = "FORM", hide_possible_values = true)]
    form: For,
    /// Channel of the Lifecycle Agent [default: stable]
    #[arg(long, value_name = "CHANNEL")]
    lca_channel: Option<String>,
    /// Channel of OADP [default: stable-1.4]
    #[arg(long, value_name = "CHANNEL")]
    oadp_channel: Option<String>,
    /// CatalogSource in openshift-marketplace
    #[arg(long, value_name = "NAME", default_value = "redhat-operators")]
    catalog: String,
    /// Address of the object storage for backups
    #[arg(long, value_name = "URL", requires = "bucket")]
    s3_url: Option<String>,
    /// Bucket for backups
    #[arg(long, value_name = "NAME", requires = "s3_url")]
    bucket: Option<String>,
    /// Folder in the bucket, one for each target [gitops: the name of the managed cluster]
    #[arg(long, value_name = "FOLDER", requires = "bucket")]
    prefix: Option<String>,
    /// Region of the object storage
    #[arg(long, value_name = "NAME", default_value = "us-east-1")]
    region: String,
    /// Secret in openshift-adp with the credentials, key cloud
    #[arg(long, value_name = "NAME", default_value = "cloud-credentials")]
    secret: String,
}

/// Does `operators`.
///
/// # Errors
/// The DataProtectionApplication would share a folder with other clusters, or standard output cannot be written.
pub fn run(args: &OperatorsArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let form = match args.form {
        For::Cli => Form::Cli,
        For::Gitops => Form::GitOps,
    };
    let location = location(args)?;
    let wanted = |which| args.operators.is_empty() || args.operators.contains(&which);
    let mut objects = Vec::new();
    let mut sources: Vec<&str> = Vec::new();
    for (which, operator, channel) in
        [(Which::Lca, Operator::LifecycleAgent, &args.lca_channel), (Which::Oadp, Operator::Oadp, &args.oadp_channel)]
    {
        if wanted(which) {
            let channel = channel.as_deref().unwrap_or(operator.default_channel());
            objects.extend(install(operator, form, channel, &args.catalog));
            sources.extend(source_crs(operator));
        }
    }
    if let Some(location) = location.filter(|_| wanted(Which::Oadp)) {
        objects.push(data_protection_application(form, &location));
    }
    print(&stream(&objects))?;
    if form == Form::GitOps && !terminal.quiet {
        eprintln!("the source CRs of GitOps ZTP for the same: {}", sources.join(" "));
    }
    Ok(Outcome::Done)
}

fn location(args: &OperatorsArgs) -> Result<Option<BackupLocation>, Failure> {
    let (Some(s3_url), Some(bucket)) = (&args.s3_url, &args.bucket) else { return Ok(None) };
    let prefix = match (&args.prefix, args.form) {
        (Some(prefix), _) => prefix.clone(),
        (None, For::Gitops) => "{{hub .ManagedClusterName hub}}".to_owned(),
        (None, For::Cli) => {
            return Err(Failure::new("no folder in the bucket is given")
                .because("clusters that share bucket and folder would delete each other's backups")
                .fix("add --prefix with the name of the cluster"));
        }
    };
    let (s3_url, bucket) = (s3_url.clone(), bucket.clone());
    Ok(Some(BackupLocation { s3_url, bucket, prefix, region: args.region.clone(), secret: args.secret.clone() }))
}
