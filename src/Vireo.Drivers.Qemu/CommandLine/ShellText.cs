using System.Buffers;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>Commands as a person would type them into a shell.</summary>
static class ShellText
{
    static readonly SearchValues<char> Special = SearchValues.Create(" \t\n!\"#$&'()*;<>?[\\]^`{|}~");

    /// <summary>A word as it has to be written for the shell to take it as it is.</summary>
    internal static string Quote(string word) => word.Length > 0 && !word.AsSpan().ContainsAny(Special)
        ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A whole command line with the environment in front of it.</summary>
    internal static string Of(QemuCommandLine line) => string.Join(' ',
        line.Environment.Select(static pair => $"{pair.Key}={Quote(pair.Value)}").Concat(line.Arguments.Select(Quote)));
}
