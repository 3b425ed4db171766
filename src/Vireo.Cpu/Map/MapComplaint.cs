namespace Vireo.Cpu.Map;

/// <summary>An entry of a map that makes no sense. It is left out, and what builds on it too; the rest of the map serves on.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Entry">The feature, model or vendor that is not there because of it.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record MapComplaint(int Line, string Entry, string Reason)
{
    public override string ToString() => $"line {Line}: {Entry} is disabled: {Reason}";
}
