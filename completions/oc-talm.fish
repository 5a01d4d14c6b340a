# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oc_talm_global_optspecs
    string join \n color= ascii no-headers q/quiet v/verbose= h/help V/version
end

function __fish_oc_talm_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oc_talm_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oc_talm_using_subcommand
    set -l cmd (__fish_oc_talm_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oc-talm -n "__fish_oc_talm_needs_command" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_needs_command" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -s V -l version -d 'Print version'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "plan" -d 'Show what TALM will do with a ClusterGroupUpgrade before it does it'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "rehearse" -d 'Rehearse a rollout: does it fit the window, and what breaks it'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "upgrade-policy" -d 'Write a policy for Git that upgrades OpenShift'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "status" -d 'Show where rollouts stand: all of them, or one'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "diagnose" -d 'Find out what is wrong with a rollout, the first cause first'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "explain" -d 'Say what a finding or a condition reason means, and what to do'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-talm -n "__fish_oc_talm_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s f -l filename -d 'File with the CGU; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l clusters -d 'These clusters, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l policy -d 'Policies to enforce, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l canary -d 'Clusters that go first, one per batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l max-concurrency -d 'Size of a batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: 4h]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l batch-timeout-action -d 'What a batch that runs out of time does: continue or abort' -r -f -a "continue\t'The next batch starts'
abort\t'The rollout ends'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l blocked-by -d 'CGUs that must finish first' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l cluster -d 'Not a flag here' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand plan" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l window -d 'Maintenance window, such as 22:00-04:00' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l start -d 'When the CGU is enabled [default: when the window opens]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l allow-left -d 'Clusters that may be left at the end of the window: a number, or a share such as 2%' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l confidence -d 'How sure it has to be: in so many rehearsals of 100 it must fit' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l runs -d 'How many rehearsals' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l seed -d 'Where chance begins: the same number gives the same answer' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l svg -d 'Write a picture to this file as well' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l duration -d 'How long a policy takes on a cluster: half take 30m, one of 20 more than 50m; without POLICY= for all' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l failure -d 'Share of clusters on which a policy never succeeds; without POLICY= for all' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l blocked-for -d 'How long the CGUs that block this one still take, likewise; that time is lost' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l model -d 'File with durations and failure rates' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s n -l namespace -d 'Namespace of the CGU' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s f -l filename -d 'File with the CGU; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s l -l selector -d 'Clusters with these labels; given more than once, any of them may match' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l clusters -d 'These clusters, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l clusters-from -d 'The clusters named in a file, one a line; - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l policy -d 'Policies to enforce, in this order' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l canary -d 'Clusters that go first, one per batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l max-concurrency -d 'Size of a batch' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l rollout-timeout -d 'Time for the whole rollout, such as 4h or 90m [default: 4h]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l batch-timeout-action -d 'What a batch that runs out of time does: continue or abort' -r -f -a "continue\t'The next batch starts'
abort\t'The rollout ends'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l blocked-by -d 'CGUs that must finish first' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l cluster -d 'Not a flag here' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l suggest -d 'Say which concurrency or timeout would make it fit'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l model-out -d 'Print the model in use as YAML, for --model, and stop'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand rehearse" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s n -l namespace -d 'Namespace of the policy' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l version -d 'Version to upgrade to, such as 4.20.3' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l channel -d 'Update channel, such as eus-4.20 [default: stable of the version\'s minor]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l image -d 'Release image by digest; TALM then asks no update graph' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l upstream -d 'Update graph, for clusters that do not reach Red Hat\'s' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l binding -d 'Label of the clusters it is for; KEY alone when any value will do; given more than once, all must hold' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l policy -d 'Second part of the policy\'s name [default: version-4-20-3, or platform-upgrade]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l wave -d 'Deploy wave: with one, the first configuration of new clusters upgrades them as well' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l form -d 'Form of the file: pgt (PolicyGenTemplate) or pg (PolicyGenerator)' -r -f -a "pgt\t'PolicyGenTemplate'
pg\t'PolicyGenerator'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l output-dir -d 'Write the file into this folder instead, with a kustomization where there is none' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l from -d 'Recorded hub, to check the versions of clusters by: a must-gather, a folder or file, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l cluster -d 'Not a flag here' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l check -d 'Check the versions of clusters by the live hub'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand upgrade-policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s n -l namespace -d 'Namespace of the CGU [default: all for the list, else that of the context]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l cluster -d 'Not a flag here' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s n -l namespace -d 'Namespace of the CGU [default: that of the context]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l ztp -d 'The first configuration of this cluster, with the CGU that TALM makes itself' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l from -d 'Recorded hub in the place of the live one: a must-gather, a folder or file of YAML or JSON, - for standard input' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l now -d 'The time to take for now; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l width -d 'The width to take for the terminal\'s; for tests' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l kubeconfig -d 'Kubeconfig file [default: KUBECONFIG, then ~/.kube/config]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l context -d 'Context of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l user -d 'User of the kubeconfig' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s s -l server -d 'Address of the API server' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l token -d 'Bearer token' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l as -d 'User to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l as-group -d 'Group to impersonate; may be given more than once' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l as-uid -d 'UID to impersonate' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l certificate-authority -d 'File with the certificates that the server is trusted by' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l client-certificate -d 'File with the client\'s certificate' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l client-key -d 'File with the client\'s key' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l tls-server-name -d 'Name that the server\'s certificate is checked for' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l request-timeout -d 'How long one request may take, such as 30s [default: 1m]' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l cluster -d 'Not a flag here' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l insecure-skip-tls-verify -d 'Trust any certificate'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand diagnose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s o -l output -d 'Format of the answer: text, wide, json or yaml' -r -f -a "text\t'For people'
wide\t'For people, nothing cut'
json\t'One JSON object'
yaml\t'One YAML object'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand version" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l dir -d 'Folder on PATH to write to [default: the folder of this program]' -r -F
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand __complete" -s h -l help -d 'Print help'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "plan" -d 'Show what TALM will do with a ClusterGroupUpgrade before it does it'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "rehearse" -d 'Rehearse a rollout: does it fit the window, and what breaks it'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "upgrade-policy" -d 'Write a policy for Git that upgrades OpenShift'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "status" -d 'Show where rollouts stand: all of them, or one'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "diagnose" -d 'Find out what is wrong with a rollout, the first cause first'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "explain" -d 'Say what a finding or a condition reason means, and what to do'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "version" -d 'Print the version'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and not __fish_seen_subcommand_from plan rehearse upgrade-policy status diagnose explain version completion __complete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-talm -n "__fish_oc_talm_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
