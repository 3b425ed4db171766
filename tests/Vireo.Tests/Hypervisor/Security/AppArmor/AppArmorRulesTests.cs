using Vireo.Hypervisor.Security.AppArmor;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security.AppArmor;

public class AppArmorRulesTests
{
    [Fact]
    public void A_file_has_one_rule_with_all_that_was_asked_for()
    {
        var rules = new AppArmorRules();
        rules.Allow("/nowhere/a", "r");
        rules.Allow("/nowhere/b", "rw");
        rules.Allow("/nowhere/a", "rwk");
        rules.Allow("/nowhere/b", "r", "/**");
        Assert.Equal(["  \"/nowhere/a\" rwk,", "  \"/nowhere/b\" rw,", "  \"/nowhere/b/**\" r,"], rules.Lines);
    }

    [Fact]
    public void What_is_only_read_is_refused_for_writing_unless_another_device_writes_it()
    {
        var rules = new AppArmorRules();
        rules.AllowReading("/nowhere/cd", "rk");
        rules.AllowReading("/nowhere/both", "rk");
        rules.Allow("/nowhere/both", "rw");
        Assert.Equal(["  \"/nowhere/cd\" rk,", "  \"/nowhere/both\" rkw,", "  deny \"/nowhere/cd\" w,"], rules.Lines);
    }

    [Theory]
    [InlineData("/a/plain name,#@.img", "/a/plain name,#@.img")]
    [InlineData("/a/*", "/a/\\*")]
    [InlineData("/a/{b,c}?[d]^", "/a/\\{b,c\\}\\?\\[d\\]\\^")]
    [InlineData("/a/\"\\@{HOME}", "/a/\\\"\\\\@\\{HOME\\}")]
    [InlineData("/a/new\nline", "/a/new\\012line")]
    public void Names_are_taken_letter_by_letter(string path, string expected) => Assert.Equal(expected, AppArmorRules.Escape(path));

    [Fact]
    public void Links_are_followed_also_to_what_is_not_there_yet()
    {
        string folder = Directory.CreateTempSubdirectory("vireo-rules-").FullName;
        try
        {
            Directory.CreateDirectory(folder + "/real");
            File.CreateSymbolicLink(folder + "/link", folder + "/real");
            var rules = new AppArmorRules();
            rules.Allow(folder + "/link/not/there", "rw");
            Assert.Equal([$"  \"{folder}/real/not/there\" rw,"], rules.Lines);
            File.CreateSymbolicLink(folder + "/trap", "/etc/shadow");
            Assert.True(AppArmorRules.IsClosed(folder + "/trap", readOnly: true));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("/etc/shadow", true, true)]
    [InlineData("/proc/1/mem", true, true)]
    [InlineData("/usr/share/OVMF/OVMF_CODE.fd", true, false)]
    [InlineData("/usr/share/OVMF/OVMF_CODE.fd", false, true)]
    [InlineData("/boot/vmlinuz", true, false)]
    [InlineData("/boot/vmlinuz", false, true)]
    [InlineData("/var/lib/libvirt/images/etc/a.img", false, false)]
    public void What_is_the_hosts_own_no_guest_gets(string path, bool readOnly, bool closed) => Assert.Equal(closed, AppArmorRules.IsClosed(path, readOnly));
}
