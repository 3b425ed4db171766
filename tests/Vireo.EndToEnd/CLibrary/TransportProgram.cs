using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>A program that opens connections and says what it finds.</summary>
static class TransportProgram
{
    /// <summary>Runs it on Debian's library and on ours; both must say the same, which is given back.</summary>
    /// <param name="before">What runs it elsewhere, or nothing.</param>
    /// <param name="name">The name that it answers when it is asked.</param>
    /// <param name="password">Its password.</param>
    /// <param name="uris">What it opens; one with a '!' before it may fail in words of its own.</param>
    internal static async Task<string> SameAsync(string[] before, string name, string password, params string[] uris)
    {
        await Needs.PythonModuleAsync("libvirt");
        string[] all = [.. before, "/usr/bin/python3", CLibraryFiles.Data("transports.py"), name, password, .. uris];
        CommandResult theirs = await OnAsync(CLibraryFiles.Stock), ours = await OnAsync(CLibraryFiles.Folder);
        Assert.True(theirs == ours, $"Debian's library:\n{theirs}\nours:\n{ours}");
        Assert.Equal(0, theirs.ExitCode);
        return ours.Output;

        Task<CommandResult> OnAsync(string library) => Command.RunAsync(all[0], all[1..], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = library });
    }
}
