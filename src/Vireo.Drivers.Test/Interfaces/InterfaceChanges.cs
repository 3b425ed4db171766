using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Interfaces;

namespace Vireo.Drivers.Test.Interfaces;

/// <summary>Makes, starts, stops and changes interfaces.</summary>
sealed class InterfaceChanges(TestHost host) : ReadsUnderGate(host), IInterfaceLifecycle, IInterfaceTransactions
{
    public ValueTask<InterfaceRef> DefineAsync(string xml, InterfaceDefineFlags flags, CancellationToken cancel)
    {
        flags.Only(InterfaceDefineFlags.Validate, "testInterfaceDefineXML");
        if (flags.HasFlag(InterfaceDefineFlags.Validate))
            DocumentKinds.Interface.Validate(xml);
        InterfaceDef def = InterfaceDef.Define(xml);
        return Read(known => known.Interfaces.Define(def).Ref);
    }

    /// <summary>An active one goes, too.</summary>
    public ValueTask UndefineAsync(InterfaceRef @interface, CancellationToken cancel) =>
        Change(known => known.Interfaces.Remove(known.Interfaces.Get(@interface.Name)));

    public ValueTask CreateAsync(InterfaceRef @interface, uint flags, CancellationToken cancel)
    {
        flags.None("testInterfaceCreate");
        return Change(known => Switch(known, @interface, on: true));
    }

    public ValueTask DestroyAsync(InterfaceRef @interface, uint flags, CancellationToken cancel)
    {
        flags.None("testInterfaceDestroy");
        return Change(known => Switch(known, @interface, on: false));
    }

    static void Switch(TestHost known, InterfaceRef wanted, bool on)
    {
        TestInterface card = known.Interfaces.Get(wanted.Name);
        if (card.IsActive == on)
            throw new VireoException(ErrorCode.OperationInvalid, ErrorDomain.Test);
        card.IsActive = on;
    }

    public ValueTask BeginAsync(uint flags, CancellationToken cancel)
    {
        flags.None("testInterfaceChangeBegin");
        return Change(known => known.Interfaces.BeginChange());
    }

    public ValueTask CommitAsync(uint flags, CancellationToken cancel)
    {
        flags.None("testInterfaceChangeCommit");
        return Change(known => known.Interfaces.CommitChange());
    }

    public ValueTask RollbackAsync(uint flags, CancellationToken cancel)
    {
        flags.None("testInterfaceChangeRollback");
        return Change(known => known.Interfaces.RollbackChange());
    }
}
