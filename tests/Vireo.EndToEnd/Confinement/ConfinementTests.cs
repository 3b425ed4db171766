using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Confinement;

/// <summary>
/// Guests on a kernel that enforces AppArmor, in one boot of a guest of Debian's, where stock libvirtd 9.0.0 and then vireod are told the same. What the kernel refused is
/// said too: a rule that is missing shows there, even if QEMU makes do without the file.
/// </summary>
public sealed partial class ConfinementTests
{
    [Fact]
    public async Task Guests_are_confined_as_stocks_and_can_do_more()
    {
        Needs.Long("starts a dozen guests inside an emulated one, which takes minutes");
        foreach (string program in (string[])["apparmor_parser", "swtpm", "libvirtd", "virtlogd", "virsh"])
            Needs.Program(program);
        using var guest = new KernelGuest();
        string script = Path.Join(guest.Share, "guest.sh");
        File.Copy(Path.Join(AppContext.BaseDirectory, "Confinement/apparmor.sh"), script);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string said = await guest.BootAsync("vireo.init=/mnt/guest.sh", minutes: 40);
        Dictionary<string, string> parts = KernelGuest.Parts(said);
        Assert.True(parts.ContainsKey("end"), said);
        // Where ours differs on purpose, it is looked at below.
        string[] better = ["start, rules", "odd names", "commit", "refused static", "refused shadow", "unplug, rules", "lenient", "denied"];
        string[] sections = [.. parts.Keys.Where(static name => name.StartsWith("stock ", StringComparison.Ordinal)).Select(static name => name["stock ".Length..])];
        Assert.True(sections.Length > 15, said);
        foreach (string section in sections.Except(better))
            Assert.True(Plain(parts[$"stock {section}"]) == Plain(parts[$"vireod {section}"]), $"{section}, stock:\n{parts[$"stock {section}"]}\nours:\n{parts[$"vireod {section}"]}");
        foreach (string section in (string[])["start", "plug", "unplug", "odd names", "jobs", "commit", "copy", "save", "dump", "tpm"])
            Assert.DoesNotContain("error:", parts[$"vireod {section}"], StringComparison.Ordinal);
        Assert.Contains("swtpm: libvirt-11111111-2222-3333-4444-555555555555 (enforce)", parts["vireod tpm"], StringComparison.Ordinal);
        Assert.Contains("qemu-system-x86: libvirt-11111111-2222-3333-4444-555555555555 (enforce)", parts["vireod save"], StringComparison.Ordinal);
        Assert.Equal("""
            "/var/lib/libvirt/images/top.qcow2" rwk,
            "/var/lib/libvirt/images/base.qcow2" rk,
            "/var/lib/libvirt/images/cd.iso" rk,
            deny "/var/lib/libvirt/images/cd.iso" w,
            """, parts["vireod start, rules"]);
        Assert.Equal("", parts["vireod unplug, rules"]);
        Assert.Contains("security label 'exec nobody-has-this'", parts["vireod refused static"], StringComparison.Ordinal);
        Assert.Contains("'/etc/shadow' is the host's own", parts["vireod refused shadow"], StringComparison.Ordinal);
        Assert.Equal("", parts["vireod denied"]);
        Assert.Equal("""
            Security model: apparmor
            Security DOI:   0
            Security label: libvirt-11111111-2222-3333-4444-555555555555 (enforcing)
            $ virsh attach-device d /tmp/disk.xml --live
            Device attached successfully
            qemu-system-x86: libvirt-11111111-2222-3333-4444-555555555555 (enforce)
            $ virsh destroy d
            Domain 'd' destroyed
            0
            0
            """, parts["killed"][parts["killed"].IndexOf("Security model", StringComparison.Ordinal)..]);
    }

    static string Plain(string said) => Percent().Replace(said, "");

    [GeneratedRegex(@"\w+: \[\s*[\d.]+ ?%\]\s*|\s*\r")]
    private static partial Regex Percent();
}
