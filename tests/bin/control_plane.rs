//! The tests' control plane by hand: finds or builds its programs, or runs one to try the plugins against.

use std::process::ExitCode;

use serde_json::Value;
use ztp_common::yaml::{Source, documents};
use ztp_tests::control_plane::{Binaries, ControlPlane};

const USAGE: &str = "\
usage: control-plane find           finds etcd and kube-apiserver, or builds them, and prints their folder
       control-plane run [FILE…]    runs one, filled with the objects of these files, until standard input ends
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first().map(|(command, files)| (command.as_str(), files)) {
        Some(("find", [])) => Binaries::find().map(|binaries| println!("{}", binaries.folder().display())),
        Some(("run", files)) => run(files),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{}", reason.trim_end());
            ExitCode::FAILURE
        }
    }
}

fn run(files: &[String]) -> Result<(), String> {
    let objects = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?.concat();
    let plane = ControlPlane::start(&Binaries::find()?)?;
    plane.load(&objects);
    println!("export KUBECONFIG={}", plane.kubeconfig().display());
    eprintln!("{} serves {} objects until you press Ctrl-D", plane.url(), objects.len());
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).map(drop).map_err(|error| error.to_string())
}

fn read(file: &str) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    let source = Source::from_text(file, text);
    let mut objects = Vec::new();
    for document in documents(&source) {
        let document = document.map_err(|error| error.to_string())?;
        let Some(root) = document.root() else { continue };
        let mut object = root.to_json().map_err(|error| error.to_string())?;
        match object["items"].as_array_mut() {
            Some(items) => objects.append(items),
            None => objects.push(object),
        }
    }
    objects.retain(|object| object.is_object());
    Ok(objects)
}
