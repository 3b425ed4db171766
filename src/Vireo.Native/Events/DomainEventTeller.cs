using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Native.Handles;
using Vireo.Native.Interop;

namespace Vireo.Native.Events;

/// <summary>The arguments of each kind of domain event.</summary>
static unsafe class DomainEventTeller
{
    internal static void Tell(Handle* c, Handle* d, EventCallback to, DomainEvent raised)
    {
        void* data = to.Opaque;
        nint call = to.Function;
        switch (raised)
        {
            case DomainLifecycleEvent e:
                _ = ((delegate* unmanaged<Handle*, Handle*, int, int, void*, int>)call)(c, d, (int)e.Type, e.Detail, data);
                break;
            case DomainRebootEvent or DomainControlErrorEvent:
                ((delegate* unmanaged<Handle*, Handle*, void*, void>)call)(c, d, data);
                break;
            case DomainRtcChangeEvent e:
                ((delegate* unmanaged<Handle*, Handle*, long, void*, void>)call)(c, d, e.Offset, data);
                break;
            case DomainBalloonChangeEvent e:
                ((delegate* unmanaged<Handle*, Handle*, ulong, void*, void>)call)(c, d, e.Actual, data);
                break;
            case DomainWatchdogEvent e:
                Number(c, d, to, (int)e.Action);
                break;
            case DomainPmWakeupEvent e:
                Number(c, d, to, e.Reason);
                break;
            case DomainPmSuspendEvent e:
                Number(c, d, to, e.Reason);
                break;
            case DomainPmSuspendDiskEvent e:
                Number(c, d, to, e.Reason);
                break;
            case DomainMigrationIterationEvent e:
                Number(c, d, to, e.Iteration);
                break;
            case DomainAgentLifecycleEvent e:
                ((delegate* unmanaged<Handle*, Handle*, int, int, void*, void>)call)(c, d, (int)e.State, (int)e.Reason, data);
                break;
            case DomainMemoryFailureEvent e:
                ((delegate* unmanaged<Handle*, Handle*, int, int, uint, void*, void>)call)(c, d, (int)e.Recipient, (int)e.Action, (uint)e.Flags, data);
                break;
            case DomainGraphicsEvent e:
                Graphics(c, d, to, e);
                break;
            case DomainTunableEvent e:
                Tell(c, d, to, e.Parameters);
                break;
            case DomainJobCompletedEvent e:
                Tell(c, d, to, e.Parameters);
                break;
            default:
                WithTexts(c, d, to, raised);
                break;
        }
    }

    static void Number(Handle* c, Handle* d, EventCallback to, int number) =>
        ((delegate* unmanaged<Handle*, Handle*, int, void*, void>)to.Function)(c, d, number, to.Opaque);

    static void Tell(Handle* c, Handle* d, EventCallback to, TypedParameter[] parameters)
    {
        CTypedParameter* given = Parameters.Give(parameters);
        ((delegate* unmanaged<Handle*, Handle*, CTypedParameter*, int, void*, void>)to.Function)(c, d, given, parameters.Length, to.Opaque);
        Parameters.Free(given, parameters.Length);
    }

    /// <summary>Events whose arguments are texts, which live as long as the callback runs.</summary>
    static void WithTexts(Handle* c, Handle* d, EventCallback to, DomainEvent raised)
    {
        void* data = to.Opaque;
        nint call = to.Function;
        byte* one = null, two = null, three = null;
        switch (raised)
        {
            case DomainIoErrorEvent e:
                one = CMemory.Text(e.Source);
                two = CMemory.Text(e.Alias);
                ((delegate* unmanaged<Handle*, Handle*, byte*, byte*, int, void*, void>)call)(c, d, one, two, (int)e.Action, data);
                break;
            case DomainIoErrorReasonEvent e:
                one = CMemory.Text(e.Source);
                two = CMemory.Text(e.Alias);
                three = CMemory.Text(e.Reason);
                ((delegate* unmanaged<Handle*, Handle*, byte*, byte*, int, byte*, void*, void>)call)(c, d, one, two, (int)e.Action, three, data);
                break;
            case DomainBlockJobEvent e:
                one = CMemory.Text(e.Disk);
                ((delegate* unmanaged<Handle*, Handle*, byte*, int, int, void*, void>)call)(c, d, one, (int)e.Type, (int)e.Status, data);
                break;
            case DomainBlockJob2Event e:
                one = CMemory.Text(e.Target);
                ((delegate* unmanaged<Handle*, Handle*, byte*, int, int, void*, void>)call)(c, d, one, (int)e.Type, (int)e.Status, data);
                break;
            case DomainDiskChangeEvent e:
                one = CMemory.Text(e.OldSource);
                two = CMemory.Text(e.NewSource);
                three = CMemory.Text(e.Alias);
                ((delegate* unmanaged<Handle*, Handle*, byte*, byte*, byte*, int, void*, void>)call)(c, d, one, two, three, (int)e.Reason, data);
                break;
            case DomainTrayChangeEvent e:
                one = CMemory.Text(e.Alias);
                ((delegate* unmanaged<Handle*, Handle*, byte*, int, void*, void>)call)(c, d, one, (int)e.Reason, data);
                break;
            case DomainDeviceRemovedEvent or DomainDeviceAddedEvent or DomainDeviceRemovalFailedEvent:
                one = CMemory.Text(raised is DomainDeviceRemovedEvent r ? r.Alias : raised is DomainDeviceAddedEvent a ? a.Alias : ((DomainDeviceRemovalFailedEvent)raised).Alias);
                ((delegate* unmanaged<Handle*, Handle*, byte*, void*, void>)call)(c, d, one, data);
                break;
            case DomainMetadataChangeEvent e:
                one = CMemory.Text(e.NamespaceUri);
                ((delegate* unmanaged<Handle*, Handle*, int, byte*, void*, void>)call)(c, d, (int)e.Type, one, data);
                break;
            case DomainBlockThresholdEvent e:
                one = CMemory.Text(e.Device);
                two = CMemory.Text(e.Path);
                ((delegate* unmanaged<Handle*, Handle*, byte*, byte*, ulong, ulong, void*, void>)call)(c, d, one, two, e.Threshold, e.Excess, data);
                break;
            case DomainMemoryDeviceSizeChangeEvent e:
                one = CMemory.Text(e.Alias);
                ((delegate* unmanaged<Handle*, Handle*, byte*, ulong, void*, void>)call)(c, d, one, e.Size, data);
                break;
        }
        CMemory.Free(one);
        CMemory.Free(two);
        CMemory.Free(three);
    }

    static void Graphics(Handle* c, Handle* d, EventCallback to, DomainGraphicsEvent e)
    {
        CDomainEventGraphicsAddress local = Address(e.Local), remote = Address(e.Remote);
        var subject = new CDomainEventGraphicsSubject
        {
            Count = e.Subject.Length, Identities = CMemory.New<CDomainEventGraphicsSubjectIdentity>((nuint)e.Subject.Length),
        };
        for (int i = 0; i < e.Subject.Length; i++)
            subject.Identities[i] = new() { Type = CMemory.Text(e.Subject[i].Type), Name = CMemory.Text(e.Subject[i].Name) };
        byte* scheme = CMemory.Text(e.AuthScheme);
        ((delegate* unmanaged<Handle*, Handle*, int, CDomainEventGraphicsAddress*, CDomainEventGraphicsAddress*, byte*, CDomainEventGraphicsSubject*, void*, void>)to.Function)(
            c, d, (int)e.Phase, &local, &remote, scheme, &subject, to.Opaque);
        for (int i = 0; i < e.Subject.Length; i++)
        {
            CMemory.Free(subject.Identities[i].Type);
            CMemory.Free(subject.Identities[i].Name);
        }
        CMemory.Free(subject.Identities);
        CMemory.Free(scheme);
        CMemory.Free(local.Node);
        CMemory.Free(local.Service);
        CMemory.Free(remote.Node);
        CMemory.Free(remote.Service);
    }

    static CDomainEventGraphicsAddress Address(GraphicsAddress of) =>
        new() { Family = (int)of.Family, Node = CMemory.Text(of.Node), Service = CMemory.Text(of.Service) };
}
