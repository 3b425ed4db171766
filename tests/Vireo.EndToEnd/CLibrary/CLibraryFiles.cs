using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>The published C library, its headers, and C programs that use it.</summary>
static class CLibraryFiles
{
    /// <summary>The folder with the four published files; without it the test is skipped.</summary>
    internal static string Folder
    {
        get
        {
            string? programs = Environment.GetEnvironmentVariable("VIREO_BIN");
            string folder = programs is null ? "" : Path.GetFullPath(Path.Join(programs, "..", "lib"));
            Assert.SkipUnless(File.Exists(Path.Join(folder, "libvirt.so.0")), "the C library is not published: run ./build and set VIREO_BIN");
            return folder;
        }
    }

    /// <summary>The folder with our headers.</summary>
    internal static string Include => Data("include");

    /// <summary>A file or folder beside the tests.</summary>
    internal static string Data(string name) => Path.Join(AppContext.BaseDirectory, "CLibrary", name);

    /// <summary>Debian's library; without it the test is skipped.</summary>
    internal static string Stock
    {
        get
        {
            string? found = Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").FirstOrDefault(folder => File.Exists(Path.Join(folder, "libvirt.so.0")));
            Assert.SkipWhen(found is null, "Debian's libvirt0 is not installed");
            return found!;
        }
    }

    /// <summary>Compiles a C program of the tests with our headers and links it with our library; the caller deletes the folder it is in.</summary>
    internal static async Task<string> CompileAsync(string source, params string[] options)
    {
        string scratch = Directory.CreateTempSubdirectory("vireo-c-").FullName, program = Path.Join(scratch, Path.GetFileNameWithoutExtension(source));
        CommandResult compiled = await Command.RunAsync(Needs.Program("clang"),
            ["-g", "-Wall", "-Werror", $"-I{Include}", "-o", program, Data(source), $"-L{Folder}", "-l:libvirt.so.0", "-l:libvirt-qemu.so.0", "-l:libvirt-lxc.so.0", "-l:libvirt-admin.so.0", "-lpthread", "-ldl", .. options]);
        Assert.True(compiled.ExitCode == 0, compiled.ToString());
        return program;
    }

    /// <summary>Runs a C program of the tests on Debian's library and on ours; both must say the same.</summary>
    internal static async Task SameOnBothAsync(string source, string? input = null, Dictionary<string, string?>? environment = null)
    {
        string stock = Stock, program = await CompileAsync(source);
        try
        {
            CommandResult theirs = await Command.RunAsync(program, [], new Dictionary<string, string?>(environment ?? []) { ["LD_LIBRARY_PATH"] = stock }, input);
            CommandResult ours = await Command.RunAsync(program, [], new Dictionary<string, string?>(environment ?? []) { ["LD_LIBRARY_PATH"] = Folder }, input);
            Assert.Equal(theirs.ToString(), ours.ToString());
            Assert.Equal(0, theirs.ExitCode);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }
    }
}
