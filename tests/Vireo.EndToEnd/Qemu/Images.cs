using System.Security.Cryptography;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Images of guests, made and looked at by QEMU's own programs.</summary>
static class Images
{
    /// <summary>Bytes of every image.</summary>
    const string Size = "4M";

    internal static async Task<string> RunAsync(string program, params string[] arguments)
    {
        Needs.Program(program);
        CommandResult result = await Command.RunAsync(program, arguments);
        Assert.True(result.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {result.Output}{result.Error}");
        return result.Output;
    }

    /// <summary>Makes an image, on another if one is given, and writes one megabyte of a number into it.</summary>
    internal static async Task<string> MakeAsync(string path, string? below = null, int number = 0, int at = 0)
    {
        await RunAsync("qemu-img", ["create", "-q", "-f", "qcow2", .. below is null ? Array.Empty<string>() : ["-b", below, "-F", "qcow2"], path, .. below is null ? [Size] : Array.Empty<string>()]);
        if (number != 0)
            await WriteAsync(path, number, at);
        return path;
    }

    /// <summary>Writes one megabyte of a number.</summary>
    internal static Task WriteAsync(string path, int number, int at) => RunAsync("qemu-io", "-f", "qcow2", "-c", $"write -q -P {number} {at}M 1M", path);

    /// <summary>What a guest reads from an image, or from a state inside it, as a hash.</summary>
    internal static async Task<string> HashAsync(string path, string? state = null)
    {
        string raw = path + ".raw-for-hash";
        try
        {
            await RunAsync("qemu-img", ["convert", "-U", "-O", "raw", .. state is null ? Array.Empty<string>() : ["-l", $"snapshot.name={state}"], path, raw]);
            return Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(raw, TestContext.Current.CancellationToken)));
        }
        finally
        {
            File.Delete(raw);
        }
    }

    /// <summary>The file names of a chain, the top first.</summary>
    internal static async Task<string[]> ChainAsync(string path) => [.. (await ChainPathsAsync(path)).Select(static p => Path.GetFileName(p))];

    /// <summary>The paths of a chain, the top first.</summary>
    internal static async Task<string[]> ChainPathsAsync(string path)
    {
        using var info = System.Text.Json.JsonDocument.Parse(await RunAsync("qemu-img", "info", "-U", "--backing-chain", "--output=json", path));
        return [.. info.RootElement.EnumerateArray().Select(static i => i.GetProperty("filename").GetString()!)];
    }

    /// <summary>The snapshots inside an image.</summary>
    internal static async Task<string[]> SnapshotsAsync(string path)
    {
        using var info = System.Text.Json.JsonDocument.Parse(await RunAsync("qemu-img", "info", "-U", "--output=json", path));
        return info.RootElement.TryGetProperty("snapshots", out var all) ? [.. all.EnumerateArray().Select(static s => s.GetProperty("name").GetString()!)] : [];
    }
}
