using Vireo.Core.Errors;
using Vireo.Hypervisor.Security;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class SelinuxGuestsTests : IDisposable
{
    readonly SelinuxTree host = new();

    SelinuxGuests Guests => new(host.Policy);

    static SecurityLabel Dynamic => new() { Type = SecurityLabelType.Dynamic, Model = "selinux", Relabel = true };

    static SecurityLabel Static(string label, bool relabel) => new() { Type = SecurityLabelType.Static, Model = "selinux", Relabel = relabel, Label = label };

    static string RangeOf(string? label) => SecurityContext.Parse(label!)!.Range!;

    [Theory]
    [InlineData(false, "system_u:system_r:svirt_t:")]
    [InlineData(true, "system_u:system_r:svirt_tcg_t:")]
    public void A_dynamic_label_is_the_policys_with_categories(bool isEmulated, string label)
    {
        SecurityLabel made = Guests.Complete(Dynamic, isEmulated);
        Assert.Matches("^s0:c[0-9]+,c[0-9]+$", RangeOf(made.Label));
        Assert.Equal(label + RangeOf(made.Label), made.Label);
        Assert.Equal("system_u:object_r:svirt_image_t:" + RangeOf(made.Label), made.ImageLabel);
        Assert.True(made.Relabel);
    }

    [Fact]
    public void Its_user_role_and_sensitivity_are_the_daemons()
    {
        host.Write("/proc/thread-self/attr/current", "unconfined_u:unconfined_r:unconfined_t:s2-s4:c10.c30");
        SecurityLabel made = Guests.Complete(Dynamic, isEmulated: false);
        Assert.StartsWith("unconfined_u:unconfined_r:svirt_t:s2:c", made.Label, StringComparison.Ordinal);
        Assert.StartsWith("unconfined_u:object_r:svirt_image_t:s2:c", made.ImageLabel, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_label_gives_the_type()
    {
        SecurityLabel made = Guests.Complete(Dynamic with { BaseLabel = "a_u:b_r:c_t:s3" }, isEmulated: true);
        Assert.Equal("system_u:system_r:c_t:" + RangeOf(made.Label), made.Label);
        Assert.Equal("a_u:b_r:c_t:s3", made.BaseLabel);
        var error = Assert.Throws<VireoException>(() => Guests.Complete(Dynamic with { BaseLabel = "nonsense" }, isEmulated: true));
        Assert.Equal("Unable to parse base SELinux context 'nonsense': Invalid argument", error.Message);
    }

    [Fact]
    public void A_static_label_stays_and_files_get_its_range()
    {
        SecurityLabel made = Guests.Complete(Static("x_u:x_r:x_t:s0:c5,c7", relabel: true), isEmulated: false);
        Assert.Equal("x_u:x_r:x_t:s0:c5,c7", made.Label);
        Assert.Equal("system_u:object_r:svirt_image_t:s0:c5,c7", made.ImageLabel);
        Assert.Null(Guests.Complete(Static("x_u:x_r:x_t:s0:c5,c7", relabel: false), isEmulated: false).ImageLabel);
    }

    [Theory]
    [InlineData("nonsense", "unable to allocate socket security context 'nonsense': Invalid argument")]
    [InlineData("x_u:system_r:svirt_t", "unable to get selinux context range: Success")]
    public void A_static_label_is_a_context_with_a_range(string label, string message) =>
        Assert.Equal(message, Assert.Throws<VireoException>(() => Guests.Complete(Static(label, relabel: true), isEmulated: false)).Message);

    [Fact]
    public void None_is_none()
    {
        var none = new SecurityLabel { Type = SecurityLabelType.None, Model = "selinux" };
        Assert.Equal(none, Guests.Complete(none, isEmulated: false));
    }

    [Fact]
    public void A_guest_keeps_its_categories_over_the_daemons_restart_and_loses_them_at_its_end()
    {
        host.Write("/proc/thread-self/attr/current", "system_u:system_r:virtd_t:s0-s0:c0.c7");
        SelinuxGuests before = Guests, after = Guests;
        SecurityLabel[] running = [.. Enumerable.Range(0, 28).Select(_ => before.Complete(Dynamic, isEmulated: false))];
        foreach (SecurityLabel guest in running)
            after.Reserve(guest, guest.Label!);
        Assert.Equal(ErrorCode.ResourceBusy, Assert.Throws<VireoException>(() => after.Complete(Dynamic, isEmulated: false)).Code);
        var error = Assert.Throws<VireoException>(() => after.Reserve(running[3], running[3].Label!));
        Assert.Equal($"internal error: MCS level for existing domain label {running[3].Label} already reserved", error.Message);
        after.Release(running[3]);
        Assert.Equal(running[3].Label, after.Complete(Dynamic, isEmulated: false).Label);
    }

    [Fact]
    public void Categories_of_static_labels_are_nobodys()
    {
        SelinuxGuests guests = Guests;
        SecurityLabel made = guests.Complete(Static("x_u:x_r:x_t:s0:c5,c7", relabel: true), isEmulated: false);
        guests.Reserve(made, made.Label!);
        guests.Reserve(made, made.Label!);
        guests.Release(made);
    }

    public void Dispose() => host.Dispose();
}
