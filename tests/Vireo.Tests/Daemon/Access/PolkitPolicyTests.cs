using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Daemon.Access;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Daemon.Access;

/// <summary>What polkit is asked, and what its answers come to.</summary>
public sealed class PolkitPolicyTests
{
    static readonly Uuid id = Uuid.TryParse("00000000-0000-0000-0000-0000000000aa", out Uuid uuid) ? uuid : default;
    static readonly Caller alice = new(false, 1000, 1000, 4711) { ProcessStart = 99 };

    sealed class Fake(bool answer, bool broken = false) : IPolkit
    {
        internal List<(string Action, PolkitSubject Subject, string Details)> Asked { get; } = [];

        public bool Allows(string action, PolkitSubject subject, IReadOnlyList<KeyValuePair<string, string>> details)
        {
            Asked.Add((action, subject, string.Join(' ', details.Select(d => $"{d.Key}={d.Value}"))));
            return broken ? throw new VireoException(ErrorCode.DbusService, ErrorDomain.Dbus, "gone") : answer;
        }
    }

    public static TheoryData<AccessRight, AccessSubject, string> Objects => new()
    {
        { ConnectRight.Read, AccessSubject.Connection, "" },
        { DomainRight.Start, new(AccessObject.Domain, "vm", id), " domain_name=vm domain_uuid=00000000-0000-0000-0000-0000000000aa" },
        { DomainRight.Write, new(AccessObject.Domain, "vm"), " domain_name=vm" },
        { NetworkRight.Stop, new(AccessObject.Network, "n", id), " network_name=n network_uuid=00000000-0000-0000-0000-0000000000aa" },
        { NetworkPortRight.Delete, new(AccessObject.NetworkPort, null, id) { Parent = "n", ParentUuid = id }, " network_name=n network_uuid=00000000-0000-0000-0000-0000000000aa port_uuid=00000000-0000-0000-0000-0000000000aa" },
        { InterfaceRight.Read, new(AccessObject.Interface, "eth0") { Detail = "02:00:00:00:00:01" }, " interface_name=eth0 interface_macaddr=02:00:00:00:00:01" },
        { NodeDeviceRight.Detach, new(AccessObject.NodeDevice, "pci_0"), " node_device_name=pci_0" },
        { NwFilterRight.Read, new(AccessObject.NwFilter, "f", id), " nwfilter_name=f nwfilter_uuid=00000000-0000-0000-0000-0000000000aa" },
        { NwFilterBindingRight.Delete, new(AccessObject.NwFilterBinding, "vnet0") { Detail = "f" }, " nwfilter_binding_portdev=vnet0 nwfilter_binding_filter=f" },
        { SecretRight.ReadSecure, new(AccessObject.Secret, "/v", id) { Usage = SecretUsageType.Volume }, " secret_uuid=00000000-0000-0000-0000-0000000000aa secret_usage_volume=/v" },
        { SecretRight.ReadSecure, new(AccessObject.Secret, "c", id) { Usage = SecretUsageType.Ceph }, " secret_uuid=00000000-0000-0000-0000-0000000000aa secret_usage_ceph=c" },
        { SecretRight.ReadSecure, new(AccessObject.Secret, "t", id) { Usage = SecretUsageType.Iscsi }, " secret_uuid=00000000-0000-0000-0000-0000000000aa secret_usage_target=t" },
        { SecretRight.ReadSecure, new(AccessObject.Secret, "x", id) { Usage = SecretUsageType.Tls }, " secret_uuid=00000000-0000-0000-0000-0000000000aa secret_usage_name=x" },
        { StoragePoolRight.Format, new(AccessObject.StoragePool, "p", id), " pool_name=p pool_uuid=00000000-0000-0000-0000-0000000000aa" },
        { StorageVolumeRight.DataRead, new(AccessObject.StorageVolume, "v") { Parent = "p", ParentUuid = id, Detail = "/p/v" }, " pool_name=p pool_uuid=00000000-0000-0000-0000-0000000000aa vol_name=v vol_key=/p/v" },
    };

    [Theory, MemberData(nameof(Objects), DisableDiscoveryEnumeration = true)]
    public void The_action_is_libvirts_and_the_details_are_the_documented_ones(AccessRight right, AccessSubject subject, string details)
    {
        var polkit = new Fake(true);
        Assert.True(new PolkitPolicy(polkit, NullLogger.Instance).Allows(new(alice, "QEMU", right, subject)));
        Assert.Equal([(right.Action, new PolkitSubject(4711, 99, 1000), "connect_driver=QEMU" + details)], polkit.Asked);
    }

    [Fact]
    public void A_callers_label_is_a_detail_where_there_is_one()
    {
        var polkit = new Fake(true);
        Caller labelled = alice with { SecurityLabel = "staff_u:staff_r:staff_t:s0" };
        Assert.True(new PolkitPolicy(polkit, NullLogger.Instance).Allows(new(labelled, "QEMU", ConnectRight.Read, AccessSubject.Connection)));
        Assert.Equal("connect_driver=QEMU selinux_context=staff_u:staff_r:staff_t:s0", Assert.Single(polkit.Asked).Details);
    }

    [Fact]
    public void Who_is_no_process_of_this_host_is_refused_and_so_is_everybody_when_nobody_can_be_asked()
    {
        var question = new AccessQuestion(alice, "QEMU", DomainRight.Start, new(AccessObject.Domain, "vm", id));
        Assert.False(new PolkitPolicy(new Fake(false), NullLogger.Instance).Allows(question));
        Assert.False(new PolkitPolicy(new Fake(true, broken: true), NullLogger.Instance).Allows(question));
        var yes = new Fake(true);
        Assert.False(new PolkitPolicy(yes, NullLogger.Instance).Allows(question with { Caller = new Caller(false) { TlsName = "CN=alice" } }));
        Assert.Empty(yes.Asked);
    }
}
