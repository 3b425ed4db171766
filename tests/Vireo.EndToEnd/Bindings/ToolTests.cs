using System.Text.RegularExpressions;
using Vireo.EndToEnd.CLibrary;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Bindings;

/// <summary>Whole programs of Debian's, unchanged, on Debian's C library and on ours: they do the same.</summary>
public sealed partial class ToolTests(BothLibraries libraries) : IClassFixture<BothLibraries>
{
    [Theory, InlineData(Place.InProcess), InlineData(Place.Libvirtd), InlineData(Place.Vireod)]
    public async Task Collectd_writes_the_same_tables(Place place)
    {
        _ = CLibraryFiles.Folder;
        await BothLibraries.NeedsAsync("command -v collectd && test -e /usr/lib/collectd/virt.so");
        CommandResult said = await libraries.SameAsync("bash $data/collectd.sh $uri $own", place, error: false);
        Assert.Contains("/virt/virt_vcpu-1: epoch,value", said.Output, StringComparison.Ordinal);
    }

    /// <summary>vireod has no storage driver yet for what virt-install asks of it: what the tools say of that is the same as well.</summary>
    [Theory, InlineData(Place.Libvirtd), InlineData(Place.Vireod)]
    public async Task Virt_install_virt_xml_and_virt_clone(Place place)
    {
        Needs.Root();
        _ = CLibraryFiles.Folder;
        Needs.Programs("virt-install", "virt-xml", "virt-clone", "qemu-system-x86_64", "qemu-img");
        CommandResult said = await libraries.SameAsync("bash $data/virt-tools.sh \"qemu+unix:///system?socket=$socket\" qemu $own", place, static text => Random().Replace(text, "RANDOM"));
        Assert.Contains("Domain creation completed", said.Output, StringComparison.Ordinal);
        Assert.Contains("Clone 'copy' created successfully", said.Output, StringComparison.Ordinal);
    }

    [Theory, InlineData(Place.InProcess), InlineData(Place.Libvirtd), InlineData(Place.Vireod)]
    public async Task Virt_install_makes_the_same_document_and_machine_of_the_test_driver(Place place)
    {
        _ = CLibraryFiles.Folder;
        await BothLibraries.NeedsAsync("command -v virt-install");
        const string install = "HOME=$own virt-install --connect $uri --name tool --memory 64 --disk none --import --osinfo generic --graphics none";
        CommandResult printed = await libraries.SameAsync($"{install} --print-xml", place, static text => Random().Replace(text, "RANDOM"));
        CommandResult made = await libraries.SameAsync($"{install} --noautoconsole --noreboot --transient && echo made", place);
        Assert.Contains("<name>tool</name>", printed.Output, StringComparison.Ordinal);
        Assert.Contains("made", made.Output, StringComparison.Ordinal);
    }

    [Theory, InlineData(Place.InProcess), InlineData(Place.Libvirtd), InlineData(Place.Vireod)]
    public async Task Virt_viewer_connects_and_looks_for_the_guests_display(Place place)
    {
        _ = CLibraryFiles.Folder;
        Needs.Programs("virt-viewer", "xvfb-run", "xauth", "dbus-run-session");
        CommandResult said = await libraries.SameAsync("bash $data/viewer.sh $uri test $own", place, error: false);
        Assert.Contains("Guest test is running, determining display", said.Output, StringComparison.Ordinal);
    }

    /// <summary>Its guest, which runs as the daemon's user for guests, connects to sockets that belong to whoever runs guestfish.</summary>
    [Theory, InlineData(Place.Libvirtd), InlineData(Place.Vireod)]
    public async Task Guestfish_works_in_a_guest_of_the_daemon(Place place)
    {
        Needs.Root();
        _ = CLibraryFiles.Folder;
        Needs.Programs("guestfish", "supermin", "qemu-system-x86_64");
        await BothLibraries.NeedsAsync("ls /boot/vmlinuz-* /lib/modules/*/modules.dep");
        CommandResult said = await libraries.SameAsync("bash $data/guestfish.sh \"qemu+unix:///system?socket=$socket\" $own $out", place);
        Assert.Contains("written in a guest", said.Output, StringComparison.Ordinal);
        Assert.Contains("exit 0", said.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(52:54:00|00:16:3e)(:[0-9a-f]{2}){3}")]
    private static partial Regex Random();
}
