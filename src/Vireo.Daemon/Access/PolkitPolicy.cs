using Microsoft.Extensions.Logging;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Daemon.Access;

/// <summary>
/// Asks polkit for org.libvirt.api.OBJECT.PERMISSION, with details that name the object (libvirt.org/aclpolkit.html). Only a process of this
/// host can be asked about; whoever comes over the network is refused, and so is everybody when polkit cannot be asked.
/// </summary>
sealed class PolkitPolicy(IPolkit polkit, ILogger log) : IAccessPolicy
{
    public string Name => "polkit";

    public bool MayWait => true;

    public bool Allows(in AccessQuestion question)
    {
        Caller caller = question.Caller;
        if (ReferenceEquals(caller, Caller.Self))
            return true;
        if (caller is not { ProcessId: { } pid, ProcessStart: { } start, UserId: { } user })
        {
            log.NoProcess(question.Right.Action, caller.Describe());
            return false;
        }
        try
        {
            return polkit.Allows(question.Right.Action, new(pid, start, user), Details(question));
        }
        catch (VireoException e)
        {
            log.NoPolkit(e.Message);
            return false;
        }
    }

    internal static List<KeyValuePair<string, string>> Details(in AccessQuestion question)
    {
        AccessSubject subject = question.Subject;
        var details = new List<KeyValuePair<string, string>>(6);
        Add("connect_driver", question.Driver);
        Add("selinux_context", question.Caller.SecurityLabel); // beyond libvirt's details
        switch (subject.Kind)
        {
            case AccessObject.Domain: NameAndUuid("domain"); break;
            case AccessObject.Network: NameAndUuid("network"); break;
            case AccessObject.NwFilter: NameAndUuid("nwfilter"); break;
            case AccessObject.StoragePool: NameAndUuid("pool"); break;
            case AccessObject.Interface:
                Add("interface_name", subject.Name);
                Add("interface_macaddr", subject.Detail);
                break;
            case AccessObject.NetworkPort:
                Add("network_name", subject.Parent);
                Add("network_uuid", subject.ParentUuid?.ToString());
                Add("port_uuid", subject.Uuid?.ToString());
                break;
            case AccessObject.NodeDevice:
                Add("node_device_name", subject.Name);
                break;
            case AccessObject.NwFilterBinding:
                Add("nwfilter_binding_portdev", subject.Name);
                Add("nwfilter_binding_linkdev", subject.LinkDevice);
                Add("nwfilter_binding_filter", subject.Detail);
                break;
            case AccessObject.Secret:
                Add("secret_uuid", subject.Uuid?.ToString());
                Add(subject.Usage switch
                {
                    SecretUsageType.Volume => "secret_usage_volume",
                    SecretUsageType.Ceph => "secret_usage_ceph",
                    SecretUsageType.Iscsi => "secret_usage_target",
                    _ => "secret_usage_name",
                }, subject.Usage is SecretUsageType.None ? null : subject.Name);
                break;
            case AccessObject.StorageVolume:
                Add("pool_name", subject.Parent);
                Add("pool_uuid", subject.ParentUuid?.ToString());
                Add("vol_name", subject.Name);
                Add("vol_key", subject.Detail);
                break;
        }
        return details;

        void NameAndUuid(string kind)
        {
            Add(kind + "_name", subject.Name);
            Add(kind + "_uuid", subject.Uuid?.ToString());
        }

        // What polkit is not told, its rules see as not there.
        void Add(string name, string? value)
        {
            if (value is not null)
                details.Add(new(name, value));
        }
    }
}
