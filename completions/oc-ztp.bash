_oc__ztp() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="oc__ztp"
                ;;
            oc__ztp,completion)
                cmd="oc__ztp__subcmd__completion"
                ;;
            oc__ztp,diff)
                cmd="oc__ztp__subcmd__diff"
                ;;
            oc__ztp,explain)
                cmd="oc__ztp__subcmd__explain"
                ;;
            oc__ztp,generate)
                cmd="oc__ztp__subcmd__generate"
                ;;
            oc__ztp,help)
                cmd="oc__ztp__subcmd__help"
                ;;
            oc__ztp,placement)
                cmd="oc__ztp__subcmd__placement"
                ;;
            oc__ztp,plugin)
                cmd="oc__ztp__subcmd__plugin"
                ;;
            oc__ztp,validate)
                cmd="oc__ztp__subcmd__validate"
                ;;
            oc__ztp,version)
                cmd="oc__ztp__subcmd__version"
                ;;
            oc__ztp__subcmd__completion,help)
                cmd="oc__ztp__subcmd__completion__subcmd__help"
                ;;
            oc__ztp__subcmd__completion,install)
                cmd="oc__ztp__subcmd__completion__subcmd__install"
                ;;
            oc__ztp__subcmd__completion__subcmd__help,help)
                cmd="oc__ztp__subcmd__completion__subcmd__help__subcmd__help"
                ;;
            oc__ztp__subcmd__completion__subcmd__help,install)
                cmd="oc__ztp__subcmd__completion__subcmd__help__subcmd__install"
                ;;
            oc__ztp__subcmd__help,completion)
                cmd="oc__ztp__subcmd__help__subcmd__completion"
                ;;
            oc__ztp__subcmd__help,diff)
                cmd="oc__ztp__subcmd__help__subcmd__diff"
                ;;
            oc__ztp__subcmd__help,explain)
                cmd="oc__ztp__subcmd__help__subcmd__explain"
                ;;
            oc__ztp__subcmd__help,generate)
                cmd="oc__ztp__subcmd__help__subcmd__generate"
                ;;
            oc__ztp__subcmd__help,help)
                cmd="oc__ztp__subcmd__help__subcmd__help"
                ;;
            oc__ztp__subcmd__help,placement)
                cmd="oc__ztp__subcmd__help__subcmd__placement"
                ;;
            oc__ztp__subcmd__help,plugin)
                cmd="oc__ztp__subcmd__help__subcmd__plugin"
                ;;
            oc__ztp__subcmd__help,validate)
                cmd="oc__ztp__subcmd__help__subcmd__validate"
                ;;
            oc__ztp__subcmd__help,version)
                cmd="oc__ztp__subcmd__help__subcmd__version"
                ;;
            oc__ztp__subcmd__help__subcmd__completion,install)
                cmd="oc__ztp__subcmd__help__subcmd__completion__subcmd__install"
                ;;
            oc__ztp__subcmd__help__subcmd__plugin,install)
                cmd="oc__ztp__subcmd__help__subcmd__plugin__subcmd__install"
                ;;
            oc__ztp__subcmd__plugin,help)
                cmd="oc__ztp__subcmd__plugin__subcmd__help"
                ;;
            oc__ztp__subcmd__plugin,install)
                cmd="oc__ztp__subcmd__plugin__subcmd__install"
                ;;
            oc__ztp__subcmd__plugin__subcmd__help,help)
                cmd="oc__ztp__subcmd__plugin__subcmd__help__subcmd__help"
                ;;
            oc__ztp__subcmd__plugin__subcmd__help,install)
                cmd="oc__ztp__subcmd__plugin__subcmd__help__subcmd__install"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        oc__ztp)
            opts="-q -v -h -V --color --ascii --no-headers --quiet --verbose --help --version generate validate explain diff placement plugin version completion help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__completion)
            opts="-q -v -h --color --ascii --no-headers --quiet --verbose --help bash zsh fish install help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__completion__subcmd__help)
            opts="install help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__completion__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__completion__subcmd__help__subcmd__install)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__completion__subcmd__install)
            opts="-q -v -h --dir --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__diff)
            opts="-o -q -v -h --source-crs --extra-manifests --output --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --source-crs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --extra-manifests)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json markdown" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json markdown" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__explain)
            opts="-q -v -h --color --ascii --no-headers --quiet --verbose --help input/no-extra-manifests input/no-kind input/no-source-crs input/unknown-kind input/unreadable input/unsupported input/yaml accept/syntax accept/unknown-id accept/unused kustomize/ambiguous-reference kustomize/duplicate kustomize/empty kustomize/external kustomize/foreign kustomize/generator kustomize/generator-as-resource kustomize/invalid-field kustomize/no-kustomization kustomize/not-a-resource kustomize/patch kustomize/patch-without-effect kustomize/renamed-policy kustomize/respelled-value kustomize/transformer kustomize/unknown-field kustomize/unknown-generator kustomize/unlisted-file kustomize/unreadable kustomize/wrong-kind siteconfig/api-version siteconfig/bad-address siteconfig/bad-json siteconfig/bad-value siteconfig/boot-mac-unlisted siteconfig/cluster siteconfig/cluster-name siteconfig/cluster-name-invalid siteconfig/cluster-repeated siteconfig/cr-template siteconfig/deprecated-field siteconfig/disk-partition siteconfig/duplicate-bmc siteconfig/duplicate-host-name siteconfig/duplicate-mac siteconfig/empty-node-labels siteconfig/extra-manifest siteconfig/filter-unknown siteconfig/further-document siteconfig/ignored-annotations siteconfig/ignored-path siteconfig/ignored-suppression siteconfig/image-set siteconfig/image-set-unknown siteconfig/install-config-overrides siteconfig/interface-unlisted siteconfig/ironic-inspect siteconfig/lost-documents siteconfig/lost-labels siteconfig/machine-network siteconfig/master-count siteconfig/merge-kernel-type siteconfig/merge-lost-arguments siteconfig/merge-same-name siteconfig/merge-trimmed siteconfig/merge-unknown-field siteconfig/network-overlap siteconfig/object-identity siteconfig/parse siteconfig/same-file siteconfig/search-path-missing siteconfig/shadowed-manifest siteconfig/unknown-field siteconfig/unused-template siteconfig/vip siteconfig/vip-outside siteconfig/worker-partition siteconfig/ztp-prefix policy/binding-contradiction policy/binding-overlap policy/cr-identity policy/empty-file policy/file-name-missing policy/identity-missing policy/interval-conflict policy/interval-invalid policy/more-documents policy/multi-document-name policy/multi-document-overlay policy/name-length policy/no-source-files policy/other-kind policy/overlay-list-order policy/overlay-mismatch policy/overlay-path policy/overlay-replaces-list policy/overlay-selector policy/overlay-without-effect policy/overwritten policy/path policy/placeholder policy/remediation-conflict policy/source-empty policy/source-invalid policy/source-missing policy/source-unreadable policy/unknown-field policy/unused-section policy/wave-mismatch policy/wave-unquoted policy/yaml policy/bad-value policy/conflicting-object policy/crd-same-wave policy/dot-in-name policy/duplicate-name policy/enforce policy/hub-template policy/hub-template-config-map policy/hub-template-namespace policy/namespace-project policy/namespace-reserved policy/namespace-unmanaged policy/subscription-order policy/wave-invalid policy/wave-missing placement/all-excluded placement/blank-in-value placement/every-cluster placement/no-cluster placement/set-binding-missing placement/unreached-cluster sriov/mixed-resource sriov/no-resource sriov/shared-function ptp/interface-unlisted ptp/profile-missing performance/cpu-overlap performance/huge-pages-size performance/reserved-cpuset performance/tuned-include"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__generate)
            opts="-d -o -q -v -h --source-crs --extra-manifests --extra-manifests-only --output-dir --wrap-in-policy --output --kind --only --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --source-crs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --extra-manifests)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output-dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -d)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --wrap-in-policy)
                    COMPREPLY=($(compgen -W "true false" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "yaml json name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "yaml json name" -- "${cur}"))
                    return 0
                    ;;
                --kind)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --only)
                    COMPREPLY=($(compgen -W "policies installation" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help)
            opts="generate validate explain diff placement plugin version completion help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__completion)
            opts="install"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__completion__subcmd__install)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__diff)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__explain)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__generate)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__placement)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__plugin)
            opts="install"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__plugin__subcmd__install)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__validate)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__help__subcmd__version)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__placement)
            opts="-o -q -v -h --source-crs --output --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --source-crs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__plugin)
            opts="-q -v -h --color --ascii --no-headers --quiet --verbose --help install help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__plugin__subcmd__help)
            opts="install help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__plugin__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__plugin__subcmd__help__subcmd__install)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__plugin__subcmd__install)
            opts="-q -v -h --dir --source-crs --extra-manifests --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --dir)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --source-crs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --extra-manifests)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__validate)
            opts="-o -s -q -v -h --source-crs --extra-manifests --from --hub --accept --strict --output --kubeconfig --context --user --server --token --as --as-group --as-uid --certificate-authority --client-certificate --client-key --insecure-skip-tls-verify --tls-server-name --request-timeout --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --source-crs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --extra-manifests)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --from)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --accept)
                    COMPREPLY=($(compgen -W "input/no-extra-manifests input/no-kind input/no-source-crs input/unknown-kind input/unreadable input/unsupported input/yaml accept/syntax accept/unknown-id accept/unused kustomize/ambiguous-reference kustomize/duplicate kustomize/empty kustomize/external kustomize/foreign kustomize/generator kustomize/generator-as-resource kustomize/invalid-field kustomize/no-kustomization kustomize/not-a-resource kustomize/patch kustomize/patch-without-effect kustomize/renamed-policy kustomize/respelled-value kustomize/transformer kustomize/unknown-field kustomize/unknown-generator kustomize/unlisted-file kustomize/unreadable kustomize/wrong-kind siteconfig/api-version siteconfig/bad-address siteconfig/bad-json siteconfig/bad-value siteconfig/boot-mac-unlisted siteconfig/cluster siteconfig/cluster-name siteconfig/cluster-name-invalid siteconfig/cluster-repeated siteconfig/cr-template siteconfig/deprecated-field siteconfig/disk-partition siteconfig/duplicate-bmc siteconfig/duplicate-host-name siteconfig/duplicate-mac siteconfig/empty-node-labels siteconfig/extra-manifest siteconfig/filter-unknown siteconfig/further-document siteconfig/ignored-annotations siteconfig/ignored-path siteconfig/ignored-suppression siteconfig/image-set siteconfig/image-set-unknown siteconfig/install-config-overrides siteconfig/interface-unlisted siteconfig/ironic-inspect siteconfig/lost-documents siteconfig/lost-labels siteconfig/machine-network siteconfig/master-count siteconfig/merge-kernel-type siteconfig/merge-lost-arguments siteconfig/merge-same-name siteconfig/merge-trimmed siteconfig/merge-unknown-field siteconfig/network-overlap siteconfig/object-identity siteconfig/parse siteconfig/same-file siteconfig/search-path-missing siteconfig/shadowed-manifest siteconfig/unknown-field siteconfig/unused-template siteconfig/vip siteconfig/vip-outside siteconfig/worker-partition siteconfig/ztp-prefix policy/binding-contradiction policy/binding-overlap policy/cr-identity policy/empty-file policy/file-name-missing policy/identity-missing policy/interval-conflict policy/interval-invalid policy/more-documents policy/multi-document-name policy/multi-document-overlay policy/name-length policy/no-source-files policy/other-kind policy/overlay-list-order policy/overlay-mismatch policy/overlay-path policy/overlay-replaces-list policy/overlay-selector policy/overlay-without-effect policy/overwritten policy/path policy/placeholder policy/remediation-conflict policy/source-empty policy/source-invalid policy/source-missing policy/source-unreadable policy/unknown-field policy/unused-section policy/wave-mismatch policy/wave-unquoted policy/yaml policy/bad-value policy/conflicting-object policy/crd-same-wave policy/dot-in-name policy/duplicate-name policy/enforce policy/hub-template policy/hub-template-config-map policy/hub-template-namespace policy/namespace-project policy/namespace-reserved policy/namespace-unmanaged policy/subscription-order policy/wave-invalid policy/wave-missing placement/all-excluded placement/blank-in-value placement/every-cluster placement/no-cluster placement/set-binding-missing placement/unreached-cluster sriov/mixed-resource sriov/no-resource sriov/shared-function ptp/interface-unlisted ptp/profile-missing performance/cpu-overlap performance/huge-pages-size performance/reserved-cpuset performance/tuned-include" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "text json sarif junit github" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "text json sarif junit github" -- "${cur}"))
                    return 0
                    ;;
                --kubeconfig)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --context)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --server)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -s)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --token)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --as)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --as-group)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --as-uid)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --certificate-authority)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --client-certificate)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --client-key)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tls-server-name)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --request-timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        oc__subcmd__ztp__subcmd__version)
            opts="-q -v -h --color --ascii --no-headers --quiet --verbose --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --verbose)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -v)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _oc__ztp -o nosort -o bashdefault -o default oc-ztp
else
    complete -F _oc__ztp -o bashdefault -o default oc-ztp
fi
