# Fetches the source of a Debian package and unpacks it, with package lists of its own: the machine's are not touched. Prints the folder.
# usage: source.sh PACKAGE FOLDER
set -eu
package=$1 folder=$2
mkdir -p "$folder"/lists/partial "$folder"/cache/archives/partial "$folder"/sources "$folder/$package"
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
# What the machine has of Debian, as sources.
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ -e "$list" ] || continue
    case $list in
        *.list) sed -n "s/^deb \(.*debian[^ ]* $release .*\)/deb-src \1/p" "$list" >"$folder/sources/${list##*/}" ;;
        *.sources) awk -v RS= -v release="$release" '$0 ~ "Suites:[^\n]*" release && $0 !~ "security" { gsub(/Types: deb/, "Types: deb-src"); print $0 "\n" }' "$list" \
            >"$folder/sources/${list##*/}" ;;
    esac
done
apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$folder/sources" -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
[ -e "$folder/updated" ] || "${apt[@]}" update >&2
touch "$folder/updated"
cd "$folder/$package"
"${apt[@]}" source --tar-only --download-only "$package" >&2
mkdir -p tree
tar -xf ./*.orig.tar.* -C tree --strip-components=1
echo "$folder/$package/tree"
