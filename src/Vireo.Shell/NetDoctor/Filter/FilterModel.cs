using Vireo.Core;

namespace Vireo.Shell.NetDoctor.Filter;

/// <summary>A packet as rules see it.</summary>
/// <param name="Hook">Where it is: input, forward, output or postrouting.</param>
/// <param name="Source">Whose it is.</param>
/// <param name="Target">To whom it goes.</param>
/// <param name="In">The device it came by; null: none.</param>
/// <param name="Out">The device it leaves by; null: none.</param>
/// <param name="Protocol">tcp or udp.</param>
/// <param name="Port">The port it goes to.</param>
/// <param name="IsAnswer">Its connection is known.</param>
sealed record Packet(string Hook, IpAddress Source, IpAddress Target, string? In, string? Out, string Protocol, int Port, bool IsAnswer)
{
    public bool IsIpv6 => Target.IsIpv6;

    /// <summary>Its target is the host itself.</summary>
    public bool IsForHost => Hook is "input";
}

/// <summary>Whether a rule is about a packet.</summary>
enum Fits
{
    /// <summary>It is not.</summary>
    No,
    /// <summary>It depends on what is not known here.</summary>
    Maybe,
    /// <summary>It is.</summary>
    Yes,
}

/// <summary>What a rule does with packets that it is about.</summary>
enum Deed
{
    /// <summary>Counts, marks, logs: the next rule is asked.</summary>
    Nothing,
    /// <summary>It may pass this chain.</summary>
    Accept,
    /// <summary>It is lost.</summary>
    Drop,
    /// <summary>It passes with another address of its sender.</summary>
    Translate,
    /// <summary>The chain that led here is asked on.</summary>
    Return,
    /// <summary>Another chain is asked first.</summary>
    Jump,
    /// <summary>Another chain is asked instead.</summary>
    Goto,
    /// <summary>A program decides.</summary>
    Ask,
}

/// <summary>A deed, and the chain that it leads to.</summary>
readonly record struct Verdict(Deed Deed, string? Chain = null);

/// <summary>A rule.</summary>
/// <param name="Text">As its owner knows it.</param>
/// <param name="Judge">Says of a packet whether the rule is about it, and what it does.</param>
sealed record FilterRule(string Text, Func<Packet, (Fits Fits, Verdict Then)> Judge);

/// <summary>A chain of rules.</summary>
/// <param name="Table">Its table, as people call it: iptables filter, nftables inet firewalld.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsIpv6">Whose packets it sees; null: of both families.</param>
sealed record FilterChain(string Table, string Name, bool? IsIpv6)
{
    /// <summary>Where the kernel asks it; null: other chains lead to it.</summary>
    public string? Hook { get; init; }

    /// <summary>Lower ones are asked first.</summary>
    public int Priority { get; init; }

    /// <summary>It is about addresses, so that it only sees the first packet of a connection.</summary>
    public bool IsForNew { get; init; }

    /// <summary>What becomes of a packet that no rule decides on.</summary>
    public Deed Policy { get; init; } = Deed.Accept;

    /// <summary>The rules.</summary>
    public List<FilterRule> Rules { get; } = [];
}
