# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_oc_ztp_global_optspecs
    string join \n color= ascii no-headers q/quiet v/verbose= h/help V/version
end

function __fish_oc_ztp_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_oc_ztp_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_oc_ztp_using_subcommand
    set -l cmd (__fish_oc_ztp_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -s V -l version -d 'Print version'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "generate" -d 'Make everything that Argo CD would apply from the files in Git'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "diff" -d 'Show what a change does: objects, fields, the clusters it reaches and how hard'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "plugin" -d 'Install this program as a kustomize plugin'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "version" -d 'Print the version'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-ztp -n "__fish_oc_ztp_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l source-crs -d 'Folder of source CRs; may be given more than once' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l extra-manifests -d 'Folder of the extra manifests that installations get [default: extra-manifest here or beside this program]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s d -l output-dir -d 'Write files to this folder, all of them or none, instead of one stream' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l wrap-in-policy -d 'Whether CRs are wrapped in policies' -r -f -a "true\t''
false\t''"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s o -l output -d 'Format of the stream: yaml, json or name' -r -f -a "yaml\t'YAML documents'
json\t'One object of kind List'
name\t'kind.group/name, one a line'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l kind -d 'Only objects of these kinds' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l only -d 'Only one half of the output' -r -f -a "policies\t'Policies with their placement'
installation\t'What installs clusters'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l extra-manifests-only -d 'Only the extra manifests of SiteConfigs, as objects'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l source-crs -d 'Folder of source CRs, taken from each side if it is there; may be given more than once' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l extra-manifests -d 'Folder of extra manifests, taken from each side if it is there' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s o -l output -d 'Format of the report: text, json or markdown' -r -f -a "text\t'For people'
json\t'For programs'
markdown\t'For the comment of a merge request'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -f -a "install" -d 'Lay out kustomize\'s plugin folder with this program as the PolicyGenTemplate and SiteConfig generator'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and not __fish_seen_subcommand_from install help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l dir -d 'kustomize\'s plugin folder [default: kustomize/plugin in $XDG_CONFIG_HOME or ~/.config]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l source-crs -d 'Source CRs to put beside the PolicyGenTemplate generator' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l extra-manifests -d 'Extra manifests to put beside the SiteConfig generators' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "install" -d 'Lay out kustomize\'s plugin folder with this program as the PolicyGenTemplate and SiteConfig generator'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand version" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and not __fish_seen_subcommand_from install help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l dir -d 'Folder on PATH to write to [default: the folder of this program]' -r -F
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand completion; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand __complete" -l color -d 'When to use colour: auto, always or never' -r -f -a "auto\t'On a terminal, unless NO_COLOR or TERM=dumb says otherwise'
always\t'Even into a file'
never\t'Not at all'"
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand __complete" -s v -l verbose -d 'Say more; a number sets how much (-v=6)' -r
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand __complete" -l ascii -d 'Use plain ASCII instead of symbols'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand __complete" -l no-headers -d 'Leave out the header row of tables'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand __complete" -s q -l quiet -d 'Print only the answer and errors'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand __complete" -s h -l help -d 'Print help'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "generate" -d 'Make everything that Argo CD would apply from the files in Git'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "diff" -d 'Show what a change does: objects, fields, the clusters it reaches and how hard'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "plugin" -d 'Install this program as a kustomize plugin'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "version" -d 'Print the version'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "completion" -d 'Print a completion script, or install completion for oc and kubectl'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "__complete" -d 'What `__complete` gets: the words typed after the plugin\'s name, the unfinished one last'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and not __fish_seen_subcommand_from generate diff plugin version completion __complete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and __fish_seen_subcommand_from plugin" -f -a "install" -d 'Lay out kustomize\'s plugin folder with this program as the PolicyGenTemplate and SiteConfig generator'
complete -c oc-ztp -n "__fish_oc_ztp_using_subcommand help; and __fish_seen_subcommand_from completion" -f -a "install" -d 'Write the programs that oc and kubectl call to complete this plugin\'s words'
