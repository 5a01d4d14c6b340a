//! `oc ibu partition`: the partition for container storage that old and new release share.

use clap::{Args, ValueEnum};
use ztp_common::cli::{Failure, Outcome, Terminal, print};
use ztp_common::upgrade::print::Partition;
use ztp_common::yaml::{Value, emit};

use crate::verdict::tell;

const EXAMPLES: &str = "\
Examples:
  oc ibu partition --disk /dev/disk/by-path/pci-0000:01:00.0-nvme-1 > extra-manifests/98-var-lib-containers.yaml
  oc ibu partition --disk /dev/disk/by-path/pci-0000:01:00.0-nvme-1 --start 300000 -o ignition
  oc ibu partition --disk /dev/disk/by-path/pci-0000:01:00.0-nvme-1 --size 600000 -o butane";

/// What to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A MachineConfig: an extra manifest of the installation
    #[default]
    Machineconfig,
    /// The value of ignitionConfigOverride of the node in a SiteConfig or ClusterInstance
    Ignition,
    /// The butane configuration
    Butane,
}

/// Print the partition for /var/lib/containers that an image-based upgrade needs
///
/// It can only be made at installation, on seed and target alike: old and new release share the images in it. The label,
/// which both must agree on, is var-lib-containers.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES)]
pub struct PartitionArgs {
    /// The disk, best as /dev/disk/by-path/...
    #[arg(long, value_name = "DEVICE")]
    disk: String,
    /// Where it begins; the root file system of both releases must fit before it
    #[arg(long, value_name = "MIB", default_value_t = 250_000)]
    start: u64,
    /// How large it is; 0 is the rest of the disk
    #[arg(long, value_name = "MIB", default_value_t = 0)]
    size: u64,
    /// What to print: machineconfig, ignition or butane
    #[arg(short, long, value_enum, default_value_t, value_name = "FORM", hide_possible_values = true)]
    output: Form,
}

/// Does `partition`.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &PartitionArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let partition = Partition { disk: args.disk.clone(), start_mib: args.start, size_mib: args.size };
    let tally = tell(&partition.check(), terminal);
    if tally.errors == 0 {
        print(&text(&partition, args.output))?;
    }
    Ok(tally.outcome())
}

fn text(partition: &Partition, form: Form) -> String {
    let yaml = |value: Value| emit::to_string(&value);
    match form {
        Form::Machineconfig => yaml(partition.machine_config()),
        Form::Ignition => partition.ignition_override() + "\n",
        Form::Butane => yaml(partition.butane()),
    }
}
