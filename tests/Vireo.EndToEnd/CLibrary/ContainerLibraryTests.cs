using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>A process that goes into a container, in namespaces of its own.</summary>
public class ContainerLibraryTests
{
    [Fact]
    public async Task Namespaces_labels_and_groups_are_entered_as_on_Debians_library()
    {
        Needs.Root();
        string stock = CLibraryFiles.Stock, unshare = Needs.Program("unshare"), program = await CLibraryFiles.CompileAsync("lxc.c");
        try
        {
            CommandResult theirs = await OnAsync(stock), ours = await OnAsync(CLibraryFiles.Folder);
            Assert.Equal(theirs.ToString(), ours.ToString());
            Assert.Equal(0, theirs.ExitCode);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(program)!, recursive: true);
        }

        Task<CommandResult> OnAsync(string library) => Command.RunAsync(
            unshare, ["-m", "-p", "-u", "-i", "-n", "-f", "--kill-child", "--mount-proc", "--propagation", "private", "--", program], new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = library });
    }
}
