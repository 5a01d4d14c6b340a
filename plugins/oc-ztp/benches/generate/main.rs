//! How long `oc ztp generate` takes for many single-node sites, how much memory it needs, and how that compares with a
//! program that does nothing but write as many bytes; and `oc ztp diff` of a change of one line.
//!
//! `cargo bench -p oc-ztp --bench generate` measures 100, 1000 and 3500 sites, as a stream into a file and into an
//! output folder; `-- --sites 100,500` measures others, `-- --runs 5` more often (the median counts), `-- --program
//! PATH` another build. The repository with the sites is made in a temporary folder.

mod baseline;
mod diff;
mod measure;
mod repository;
mod scripts;

use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::Usage;

const PROGRAM: &str = env!("CARGO_BIN_EXE_oc-ztp");

/// Where the result goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Stream,
    Folder,
}

struct Options {
    sites: Vec<usize>,
    runs: usize,
    program: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--measure", command @ ..] => measure::report(command),
        ["--write-stream", listing] => baseline::write_stream(Path::new(listing)),
        ["--write-folder", listing, folder] => baseline::write_folder(Path::new(listing), Path::new(folder)),
        args => run(&options(args)?),
    }
}

fn options(args: &[&str]) -> Result<Options, Box<dyn Error>> {
    let mut options = Options { sites: vec![100, 1000, 3500], runs: 3, program: PROGRAM.into() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--sites" => {
                let list = args.next().ok_or("--sites needs numbers, such as 100,1000")?;
                options.sites = list.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            "--runs" => options.runs = args.next().ok_or("--runs needs a number")?.parse()?,
            "--program" => options.program = (*args.next().ok_or("--program needs a path")?).into(),
            // cargo hands over --bench.
            _ => {}
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    println!(
        "{:>6} {:<7} {:>7} {:>8} {:>8} {:>9} {:>8} {:>9} {:>6}",
        "SITES", "TARGET", "FILES", "MB", "WALL s", "CPU s", "PEAK MB", "WRITE s", "RATIO"
    );
    for sites in &options.sites {
        let folder = tempfile::tempdir()?;
        let repository = folder.path().join("repository");
        repository::make(&repository, *sites)?;
        for target in [Target::Stream, Target::Folder] {
            let row = measure_target(options, folder.path(), &repository, target)?;
            println!("{sites:>6} {row}");
        }
        let out = folder.path().join("out");
        let whole = generate(&options.program, &repository, &out, Target::Stream)?;
        let change = diff::measure(&options.program, &repository, &out)?;
        println!("{sites:>6} diff of one line: {:.3} s CPU, {:.2} of a generate", change.cpu, change.cpu / whole.cpu);
    }
    println!(
        "\nCPU s: user and system time of oc ztp generate; WRITE s: that of a program that writes as many bytes to as many files; RATIO: the first by the second"
    );
    Ok(())
}

fn measure_target(
    options: &Options,
    folder: &Path,
    repository: &Path,
    target: Target,
) -> Result<String, Box<dyn Error>> {
    let out = folder.join("out");
    let listing = folder.join("listing");
    let mut generated = Vec::new();
    let mut written = Vec::new();
    let mut files = Vec::new();
    for _ in 0..options.runs.max(1) {
        generated.push(generate(&options.program, repository, &out, target)?);
        files = baseline::list(&out)?;
        baseline::save(&files, &listing)?;
        remove(&out)?;
        written.push(write_as_much(&listing, &out, target)?);
        remove(&out)?;
    }
    let (ours, theirs) = (measure::median(generated), measure::median(written));
    let bytes: u64 = files.iter().map(|(_, size)| size).sum();
    if bytes == 0 {
        return Err("oc ztp generate wrote nothing".into());
    }
    let name = if target == Target::Stream { "stream" } else { "folder" };
    Ok(format!(
        "{name:<7} {:>7} {:>8.1} {:>8.3} {:>9.3} {:>8.1} {:>9.3} {:>6.1}",
        files.len(),
        bytes as f64 / 1e6,
        ours.wall,
        ours.cpu,
        ours.peak_bytes as f64 / 1e6,
        theirs.cpu,
        ours.cpu / theirs.cpu.max(1e-4),
    ))
}

fn generate(program: &str, repository: &Path, out: &Path, target: Target) -> Result<Usage, Box<dyn Error>> {
    let path = |name: &str| repository.join(name).into_os_string();
    let mut command = measure::command(program)?;
    command.arg("generate").arg("--source-crs").arg(path("source-crs"));
    command.arg("--extra-manifests").arg(path("extra-manifest"));
    if target == Target::Folder {
        command.arg("--output-dir").arg(out);
    }
    command.arg(path("sites")).arg(path("policies"));
    run_into(command, out, target)
}

fn write_as_much(listing: &Path, out: &Path, target: Target) -> Result<Usage, Box<dyn Error>> {
    let own = std::env::current_exe()?;
    let mut command = measure::command(own)?;
    match target {
        Target::Stream => command.arg("--write-stream").arg(listing),
        Target::Folder => command.arg("--write-folder").arg(listing).arg(out),
    };
    run_into(command, out, target)
}

fn run_into(mut command: Command, out: &Path, target: Target) -> Result<Usage, Box<dyn Error>> {
    if target == Target::Stream {
        command.stdout(File::create(out)?);
    }
    measure::usage(command)
}

fn remove(out: &PathBuf) -> std::io::Result<()> {
    if out.is_dir() { fs::remove_dir_all(out) } else { fs::remove_file(out) }
}
