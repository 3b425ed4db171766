using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Interfaces;

namespace Vireo.Drivers.Test.Interfaces;

/// <summary>A network card, bridge, bond or VLAN of a host in memory.</summary>
sealed class TestInterface(InterfaceDef def)
{
    public InterfaceDef Def { get; set; } = def;

    public bool IsActive { get; set; }

    public string Name => Def.Name;

    /// <summary>A ref says nothing of a card without an address.</summary>
    public InterfaceRef Ref => new(Name, Def.Mac ?? "");
}

/// <summary>The network interfaces of a host, and how they were before somebody began to change them.</summary>
sealed class TestInterfaces
{
    List<TestInterface> all = [];
    List<TestInterface>? before;

    public IReadOnlyList<TestInterface> All => all;

    public TestInterface Get(string name) => all.Find(card => card.Name == name) ?? throw ObjectErrors.NoInterface("name", name);

    /// <summary>The one card with an address, however its letters are written.</summary>
    public TestInterface GetByMac(string mac)
    {
        TestInterface[] found = [.. all.Where(card => string.Equals(card.Def.Mac, mac, StringComparison.OrdinalIgnoreCase)).Take(2)];
        return found switch
        {
            [var card] => card,
            [] => throw ObjectErrors.NoInterface("mac", mac),
            _ => throw new VireoException(ErrorCode.MultipleInterfaces, ErrorDomain.Test),
        };
    }

    /// <summary>Makes one, or gives one another definition; whether it is active stays as it is.</summary>
    public TestInterface Define(InterfaceDef def)
    {
        if (all.Find(card => card.Name == def.Name) is { } known)
        {
            known.Def = def;
            return known;
        }
        var made = new TestInterface(def);
        all.Add(made);
        return made;
    }

    /// <summary>One that is there when the host comes up.</summary>
    public void AddActive(InterfaceDef def) => Define(def).IsActive = true;

    public void Remove(TestInterface card) => all.Remove(card);

    public void BeginChange()
    {
        if (before is not null)
            throw VireoException.OperationInvalid(ErrorDomain.Test, "there is another transaction running.");
        before = [.. all.Select(card => new TestInterface(card.Def))];
    }

    public void CommitChange() => _ = TakeBefore("no transaction running, nothing to be committed.");

    /// <summary>Brings back every definition; none is active then, because libvirt's test driver does not note which were.</summary>
    public void RollbackChange() => all = TakeBefore("no transaction running, nothing to rollback.");

    List<TestInterface> TakeBefore(string otherwise)
    {
        List<TestInterface> kept = before ?? throw VireoException.OperationInvalid(ErrorDomain.Test, otherwise);
        before = null;
        return kept;
    }
}
