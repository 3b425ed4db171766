using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Access;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote;

public sealed partial class RemoteSession
{
    /// <summary>Registrations for events: what a driver raises becomes messages to this client.</summary>
    sealed partial class SessionCalls
    {
        readonly Lock gate = new();
        // Most clients never register for anything.
        Dictionary<int, (ErrorDomain Family, IAsyncDisposable Subscription)>? registrations;
        Dictionary<DomainEventId, IAsyncDisposable>? older;
        IAsyncDisposable? closeRegistration;
        int nextCallback;

        public async ValueTask<int> RegisterLifecycleAsync(CancellationToken cancel)
        {
            await RegisterOlderAsync(DomainEventId.Lifecycle, cancel).ConfigureAwait(false);
            return 1;
        }

        public async ValueTask<int> DeregisterLifecycleAsync(CancellationToken cancel)
        {
            await DeregisterOlderAsync(DomainEventId.Lifecycle, cancel).ConfigureAwait(false);
            return 0;
        }

        public async ValueTask RegisterOlderAsync(DomainEventId kind, CancellationToken cancel)
        {
            RefuseUnknown(Enum.IsDefined(kind), "domain", (int)kind);
            var events = session.Require<IDomainEvents>("virConnectDomainEventRegisterAny", ErrorDomain.Domain);
            lock (gate)
            {
                if (older?.ContainsKey(kind) is true)
                    throw Internal($"domain event {(int)kind} already registered");
            }
            IAsyncDisposable made = await events.SubscribeAsync(kind, null,
                e => Offer(-1, e, DomainRight.GetAttributes, SessionObjects.Of(e.Domain), static (calls, id, e) => calls.Tell(id, e, older: true)), cancel).ConfigureAwait(false);
            lock (gate)
                (older ??= [])[kind] = made;
        }

        public ValueTask DeregisterOlderAsync(DomainEventId kind, CancellationToken cancel)
        {
            lock (gate)
            {
                return older is not null && older.Remove(kind, out IAsyncDisposable? registration)
                    ? registration.DisposeAsync()
                    : throw Internal($"domain event {(int)kind} not registered");
            }
        }

        public ValueTask<int> RegisterDomainAsync(DomainEventId kind, DomainRef? only, CancellationToken cancel)
        {
            RefuseUnknown(Enum.IsDefined(kind), "domain", (int)kind);
            var events = session.Require<IDomainEvents>("virConnectDomainEventRegisterAny", ErrorDomain.Domain);
            int id = Interlocked.Increment(ref nextCallback) - 1;
            return KeepAsync(id, ErrorDomain.Domain, events.SubscribeAsync(kind, only,
                e => Offer(id, e, DomainRight.GetAttributes, SessionObjects.Of(e.Domain), static (calls, id, e) => calls.Tell(id, e, older: false)), cancel));
        }

        public ValueTask<int> RegisterNetworkAsync(NetworkEventId kind, NetworkRef? only, CancellationToken cancel)
        {
            RefuseUnknown(Enum.IsDefined(kind), "network", (int)kind);
            var events = session.Require<INetworkEvents>("virConnectNetworkEventRegisterAny", ErrorDomain.Network);
            int id = Interlocked.Increment(ref nextCallback) - 1;
            return KeepAsync(id, ErrorDomain.Network, events.SubscribeAsync(kind, only,
                e => Offer(id, e, NetworkRight.GetAttributes, SessionObjects.Of(e.Network), static (calls, id, e) => calls.Tell(id, e)), cancel));
        }

        public ValueTask<int> RegisterStoragePoolAsync(StoragePoolEventId kind, StoragePoolRef? only, CancellationToken cancel)
        {
            RefuseUnknown(Enum.IsDefined(kind), "storage pool", (int)kind);
            var events = session.Require<IStoragePoolEvents>("virConnectStoragePoolEventRegisterAny", ErrorDomain.Storage);
            int id = Interlocked.Increment(ref nextCallback) - 1;
            return KeepAsync(id, ErrorDomain.Storage, events.SubscribeAsync(kind, only,
                e => Offer(id, e, StoragePoolRight.GetAttributes, SessionObjects.Of(e.Pool), static (calls, id, e) => calls.Tell(id, e)), cancel));
        }

        public ValueTask<int> RegisterNodeDeviceAsync(NodeDeviceEventId kind, NodeDeviceRef? only, CancellationToken cancel)
        {
            RefuseUnknown(Enum.IsDefined(kind), "node device", (int)kind);
            var events = session.Require<INodeDeviceEvents>("virConnectNodeDeviceEventRegisterAny", ErrorDomain.Nodedev);
            int id = Interlocked.Increment(ref nextCallback) - 1;
            return KeepAsync(id, ErrorDomain.Nodedev, events.SubscribeAsync(kind, only,
                e => Offer(id, e, NodeDeviceRight.GetAttributes, SessionObjects.Of(e.Device), static (calls, id, e) => calls.Tell(id, e)), cancel));
        }

        public ValueTask<int> RegisterSecretAsync(SecretEventId kind, SecretRef? only, CancellationToken cancel)
        {
            RefuseUnknown(Enum.IsDefined(kind), "secret", (int)kind);
            var events = session.Require<ISecretEvents>("virConnectSecretEventRegisterAny", ErrorDomain.Secret);
            int id = Interlocked.Increment(ref nextCallback) - 1;
            return KeepAsync(id, ErrorDomain.Secret, events.SubscribeAsync(kind, only,
                e => Offer(id, e, SecretRight.GetAttributes, SessionObjects.Of(e.Secret), static (calls, id, e) => calls.Tell(id, e)), cancel));
        }

        public ValueTask<int> RegisterMonitorAsync(DomainRef? only, string? name, QemuMonitorEventFlags flags, CancellationToken cancel)
        {
            var events = session.Require<IQemuMonitorEvents>("virConnectDomainQemuMonitorEventRegister", ErrorDomain.None);
            int id = Interlocked.Increment(ref nextCallback) - 1;
            return KeepAsync(id, ErrorDomain.Qemu, events.SubscribeAsync(only, name, flags,
                e => Offer(id, e, DomainRight.GetAttributes, SessionObjects.Of(e.Domain), static (calls, id, e) => calls.Tell(id, e)), cancel));
        }

        public ValueTask DeregisterMonitorAsync(int callback, CancellationToken cancel) => Forget(callback, ErrorDomain.Qemu, "qemu monitor");

        public ValueTask DeregisterDomainAsync(int callback, CancellationToken cancel) => Forget(callback, ErrorDomain.Domain, "domain");

        public ValueTask DeregisterNetworkAsync(int callback, CancellationToken cancel) => Forget(callback, ErrorDomain.Network, "network");

        public ValueTask DeregisterStoragePoolAsync(int callback, CancellationToken cancel) =>
            Forget(callback, ErrorDomain.Storage, "storage pool");

        public ValueTask DeregisterNodeDeviceAsync(int callback, CancellationToken cancel) =>
            Forget(callback, ErrorDomain.Nodedev, "node device");

        public ValueTask DeregisterSecretAsync(int callback, CancellationToken cancel) => Forget(callback, ErrorDomain.Secret, "secret");

        public async ValueTask RegisterCloseAsync(CancellationToken cancel)
        {
            // A driver that never loses its hypervisor has nothing to tell, and that is no error.
            if (session.opened?.Connection.Capabilities.Find<ICloseNotification>() is not { } notification)
                return;
            IAsyncDisposable made = await notification.SubscribeAsync(TellClosed, cancel).ConfigureAwait(false);
            if (Interlocked.Exchange(ref closeRegistration, made) is { } before)
                await before.DisposeAsync().ConfigureAwait(false);
        }

        public ValueTask DeregisterCloseAsync(CancellationToken cancel) =>
            Interlocked.Exchange(ref closeRegistration, null)?.DisposeAsync() ?? default;

        async ValueTask<int> KeepAsync(int id, ErrorDomain family, ValueTask<IAsyncDisposable> subscribing)
        {
            IAsyncDisposable made = await subscribing.ConfigureAwait(false);
            lock (gate)
                (registrations ??= [])[id] = (family, made);
            return id;
        }

        ValueTask Forget(int id, ErrorDomain family, string name)
        {
            lock (gate)
            {
                if (registrations is null || !registrations.TryGetValue(id, out var registration) || registration.Family != family)
                    throw Internal($"{name} event callback {id} not registered");
                registrations.Remove(id);
                return registration.Subscription.DisposeAsync();
            }
        }

        /// <summary>The client is gone.</summary>
        internal void DropRegistrations()
        {
            IAsyncDisposable[] all;
            lock (gate)
            {
                all = [.. registrations?.Values.Select(r => r.Subscription) ?? [], .. older?.Values.AsEnumerable() ?? []];
                (registrations, older) = (null, null);
            }
            foreach (IAsyncDisposable subscription in all)
                _ = subscription.DisposeAsync().AsTask();
            _ = DeregisterCloseAsync(CancellationToken.None).AsTask();
        }

        static void RefuseUnknown(bool known, string family, int kind)
        {
            if (!known)
                throw Internal($"unsupported {family} event ID {kind}");
        }

        static VireoException Internal(string detail) => VireoException.Internal(ErrorDomain.Rpc, detail);

        void Tell(int callback, DomainEvent raised, bool older)
        {
            int procedure = EventCodec.ProcedureOf(raised, older);
            if (procedure is 0)
                return;
            XdrWriter message = session.Peer.BeginEvent(Procedures.Program, Procedures.Version, procedure);
            if (!older)
                message.WriteInt(callback);
            EventCodec.Write(ref message, raised, older);
            session.Peer.SendEvent(ref message);
        }

        void Tell(int callback, QemuEvent raised)
        {
            int procedure = EventCodec.ProcedureOf(raised, older: false);
            XdrWriter message = session.Peer.BeginEvent(QemuProcedures.Program, Procedures.Version, procedure);
            message.WriteInt(callback);
            EventCodec.Write(ref message, raised, older: false);
            session.Peer.SendEvent(ref message);
        }

        void Tell(int callback, NetworkEvent raised)
        {
            XdrWriter message = Begin(EventCodec.ProcedureOf(raised, older: false), callback);
            EventCodec.Write(ref message, raised, older: false);
            session.Peer.SendEvent(ref message);
        }

        void Tell(int callback, StoragePoolEvent raised)
        {
            XdrWriter message = Begin(EventCodec.ProcedureOf(raised, older: false), callback);
            EventCodec.Write(ref message, raised, older: false);
            session.Peer.SendEvent(ref message);
        }

        void Tell(int callback, NodeDeviceEvent raised)
        {
            XdrWriter message = Begin(EventCodec.ProcedureOf(raised, older: false), callback);
            EventCodec.Write(ref message, raised, older: false);
            session.Peer.SendEvent(ref message);
        }

        void Tell(int callback, SecretEvent raised)
        {
            XdrWriter message = Begin(EventCodec.ProcedureOf(raised, older: false), callback);
            EventCodec.Write(ref message, raised, older: false);
            session.Peer.SendEvent(ref message);
        }

        XdrWriter Begin(int procedure, int callback)
        {
            XdrWriter message = session.Peer.BeginEvent(Procedures.Program, Procedures.Version, procedure);
            message.WriteInt(callback);
            return message;
        }

        void TellClosed(ConnectCloseReason reason)
        {
            var raised = new ConnectionClosedEvent(reason);
            XdrWriter message = session.Peer.BeginEvent(Procedures.Program, Procedures.Version, EventCodec.ProcedureOf(raised, older: true));
            EventCodec.Write(ref message, raised, older: true);
            session.Peer.SendEvent(ref message);
        }
    }
}
