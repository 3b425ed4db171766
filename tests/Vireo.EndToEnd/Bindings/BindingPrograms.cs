using Vireo.EndToEnd.Clients;

namespace Vireo.EndToEnd.Bindings;

/// <summary>Programs in the languages that libvirt has bindings for: each does what a management program does, and knows nothing of the library under it.</summary>
static class BindingPrograms
{
    /// <summary>A program.</summary>
    /// <param name="Run">A line of shell that runs it: $uri, $document, $data (the scripts' folder), $clients (those of the client matrix), $out (what was built), $socket.</param>
    /// <param name="Needed">A line of shell that succeeds where what it needs is installed.</param>
    /// <param name="Build">A line of shell that builds it in $out.</param>
    /// <param name="Error">Whether what it writes to its standard error is compared too; GLib's complaints have times and pids.</param>
    internal sealed record Program(string Run, string Needed, string? Build = null, bool Error = true);

    const string Cc = "clang -O2 -Wall -Wextra -Werror $(pkg-config --cflags libvirt)", Linked = "$data/consumer.c $(pkg-config --libs libvirt libvirt-qemu)";
    const string Developing = "command -v clang && pkg-config --exists libvirt";

    /// <summary>By name.</summary>
    internal static IReadOnlyDictionary<string, Program> All { get; } = new Dictionary<string, Program>
    {
        ["Python"] = new("/usr/bin/python3 $clients/python.py $uri fred secret $document", "/usr/bin/python3 -c 'import libvirt'"),
        ["Python, asyncio's loop"] = new("/usr/bin/python3 -W ignore $data/asyncio-loop.py $uri $document", "/usr/bin/python3 -c 'import libvirtaio'"),
        ["Python, threads and forks"] = new("/usr/bin/python3 $data/threads.py $uri", "/usr/bin/python3 -c 'import libvirt'"),
        ["Perl"] = new("perl $clients/perl.pl $uri fred secret $document", "perl -MSys::Virt -e 1"),
        ["PHP"] = new("php $clients/php.php $uri fred secret $document", "php -r 'exit(extension_loaded(\"libvirt\") ? 0 : 1);'"),
        ["Ruby"] = new("ruby $clients/ruby.rb $uri fred secret $document", "ruby -e 'require \"libvirt\"'"),
        ["OCaml"] = new("$out/ocaml $uri $document", "command -v ocamlfind && ocamlfind query libvirt",
            "cp $data/ocaml.ml . && ocamlfind ocamlc -package libvirt -linkpkg -w -a -o ocaml ocaml.ml"),
        ["GObject introspection"] = new("/usr/bin/python3 $data/gobject.py $uri $document",
            "/usr/bin/python3 -c 'import gi; gi.require_version(\"LibvirtGObject\", \"1.0\")'", Error: false),
        ["Go"] = new("$out/go $uri $document", $"command -v go && {Developing}",
            "cp $data/program.go . && GOCACHE=$out/cache GO111MODULE=off CGO_CFLAGS=$(pkg-config --cflags libvirt) CGO_LDFLAGS=-lvirt go build -o go program.go"),
        ["Java"] = new("java -cp /usr/share/java/jna.jar:$out Program $uri $document", "command -v javac && test -e /usr/share/java/jna.jar",
            "javac -cp /usr/share/java/jna.jar -d . $data/Program.java"),
        ["C, position independent"] = new("$out/pie $uri $document", Developing, $"{Cc} -fPIE -pie -o pie {Linked}"),
        ["C, not position independent"] = new("$out/no-pie $uri $document", Developing, $"{Cc} -fno-pie -no-pie -o no-pie {Linked}"),
        ["libvirt-dbus"] = new(
            "if [ $socket ]; then exec bash $clients/dbus.sh $socket $clients/guest.xml; else exec dbus-run-session -- /usr/bin/python3 $clients/dbus-client.py $document Test; fi",
            "test $(id -u) = 0 && command -v libvirt-dbus && command -v dbus-run-session && command -v qemu-system-x86_64 && /usr/bin/python3 -c 'import dbus, gi'", Error: false),
        ["prometheus-libvirt-exporter"] = new("/usr/bin/python3 $clients/exporter.py $uri", "command -v prometheus-libvirt-exporter"),
    };

    /// <summary>The folder of these scripts.</summary>
    internal static string Data => Path.Join(AppContext.BaseDirectory, "Bindings/data");

    /// <summary>What lines of shell find in their environment.</summary>
    internal static Dictionary<string, string?> Environment(string output) => new()
    {
        ["document"] = ClientPrograms.Data("document.xml"),
        ["data"] = Data,
        ["clients"] = Path.GetDirectoryName(ClientPrograms.Data("x")),
        ["out"] = output,
        ["LIBVIRT_DEFAULT_URI"] = null,
        ["LIBVIRT_LOG_OUTPUTS"] = "4:file:/dev/null",
    };
}
