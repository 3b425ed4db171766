using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Security.AppArmor;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security.AppArmor;

public sealed class AppArmorProfilesTests : IDisposable
{
    const string Name = "libvirt-11111111-2222-3333-4444-555555555555";
    static readonly Uuid guest = Uuid.TryParse("11111111-2222-3333-4444-555555555555", out Uuid parsed) ? parsed : default;

    readonly AppArmorTree tree = new();
    readonly ProcessHost processes = new(Launcher.Find(null, AppContext.BaseDirectory));
    readonly AppArmorProfiles profiles;

    public AppArmorProfilesTests() => profiles = new(tree.Find()!, tree.Profiles, processes);

    public void Dispose()
    {
        processes.Dispose();
        tree.Dispose();
    }

    string Profile => Path.Join(tree.Profiles, Name);

    string Files => Profile + ".files";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_has_a_profile_of_the_template_that_includes_its_rules()
    {
        await profiles.LoadAsync(guest, ["  \"/a\" rw,"], Cancel);
        Assert.Equal(AppArmorTree.Template.Replace("LIBVIRT_TEMPLATE", Name, StringComparison.Ordinal)
            .Replace("\n}\n", $"\n  #include <libvirt/{Name}.files>\n}}\n", StringComparison.Ordinal), File.ReadAllText(Profile));
        Assert.Equal(["  \"/a\" rw,"], profiles.RulesOf(guest));
        Assert.Equal([$"--replace --skip-cache --Include {tree.Root.Of("/etc/apparmor.d")} {Profile}"], tree.Calls);

        await profiles.RemoveAsync(guest, Cancel);
        Assert.Equal($"--remove --skip-cache --Include {tree.Root.Of("/etc/apparmor.d")} {Profile}", tree.Calls[1]);
        Assert.Equal(["TEMPLATE.qemu"], Directory.GetFiles(tree.Profiles).Select(Path.GetFileName));
        await profiles.RemoveAsync(guest, Cancel);
        Assert.Equal(2, tree.Calls.Count);
    }

    [Fact]
    public async Task A_profile_that_an_administrator_changed_stays_as_it_is()
    {
        File.WriteAllText(Profile, "profile by hand { }\n");
        await profiles.LoadAsync(guest, [], Cancel);
        await profiles.RemoveAsync(guest, Cancel);
        Assert.Equal("profile by hand { }\n", File.ReadAllText(Profile));
        Assert.False(File.Exists(Files));
    }

    [Fact]
    public async Task Rules_that_the_parser_refuses_leave_those_from_before()
    {
        await profiles.LoadAsync(guest, ["  \"/a\" rw,"], Cancel);
        tree.Refuse("syntax error, line 7");
        var refused = await Assert.ThrowsAsync<VireoException>(() => profiles.LoadAsync(guest, ["  \"/b\" rw,"], Cancel));
        Assert.Equal((ErrorCode.InternalError, $"internal error: cannot load AppArmor profile '{Name}': syntax error, line 7"), (refused.Code, refused.Message));
        Assert.Equal(["  \"/a\" rw,"], profiles.RulesOf(guest));
    }

    [Fact]
    public async Task A_profile_that_the_kernel_has_lost_is_as_good_as_removed()
    {
        await profiles.LoadAsync(guest, [], Cancel);
        tree.Refuse("Unable to remove profile: Profile doesn't exist");
        await profiles.RemoveAsync(guest, Cancel);
        Assert.False(File.Exists(Files));
        await Assert.ThrowsAsync<VireoException>(async () =>
        {
            tree.Refuse("Permission denied");
            File.WriteAllText(Files, "");
            File.WriteAllText(Profile, "x");
            await profiles.RemoveAsync(guest, Cancel);
        });
    }

    [Theory]
    [InlineData("/sys/module/apparmor/parameters/enabled", "N\n")]
    [InlineData("/sys/module/apparmor/parameters/enabled", null)]
    [InlineData("/sys/kernel/security/apparmor/profiles", null)]
    [InlineData("/etc/apparmor.d/libvirt/TEMPLATE.qemu", null)]
    [InlineData("/etc/apparmor.d/libvirt/TEMPLATE.qemu", "profile other { }")]
    [InlineData("/apparmor_parser", null)]
    public void Without_any_of_its_parts_there_is_no_AppArmor(string path, string? text)
    {
        Assert.NotNull(tree.Find());
        if (text is null) File.Delete(tree.Root.Of(path));
        else tree.Put(path, text);
        Assert.Null(tree.Find());
    }

    [Theory]
    [InlineData("libvirt-1 (enforce)\n", "libvirt-1", true)]
    [InlineData("libvirt-1 (complain)\n\0", "libvirt-1", false)]
    [InlineData("odd (name) (enforce)", "odd (name)", true)]
    [InlineData("unconfined\n", null, false)]
    [InlineData(null, null, false)]
    public void The_kernel_says_what_a_process_runs_under(string? current, string? profile, bool enforced)
    {
        if (current is not null) tree.Put("/proc/77/attr/current", current);
        Assert.Equal(profile is null ? null : new AppArmorLabel(profile, enforced), tree.Find()!.LabelOf(77));
    }
}
