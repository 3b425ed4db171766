using Vireo.Shell.Commands;
using Vireo.Shell.Session;
using Vireo.Shell.Text;
using Xunit;

namespace Vireo.Tests.Shell;

public class ShellTests
{
    [Fact]
    public async Task A_command_of_virsh_that_is_still_to_come_is_refused_by_name()
    {
        ShellRun run = await ShellRun.OnTestAsync("migrate", "test", "qemu:///system");
        Assert.Equal((1, "", "error: command 'migrate' is not there yet in Vireo\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Nothing_of_a_line_runs_when_a_part_of_it_makes_no_sense()
    {
        ShellRun run = await ShellRun.OnTestAsync("echo a; nonsense");
        Assert.Equal((1, "", "error: unknown command: 'nonsense'\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task The_last_command_decides_the_exit_code()
    {
        Assert.Equal(0, (await ShellRun.OnTestAsync("start test; list")).ExitCode);
        Assert.Equal(1, (await ShellRun.OnTestAsync("list; start test")).ExitCode);
    }

    [Fact]
    public async Task A_change_on_a_read_only_connection_is_refused_with_the_functions_name()
    {
        ShellRun run = await ShellRun.OnTestAsync("-r", "destroy", "test");
        Assert.Equal("error: Failed to destroy domain 'test'\nerror: operation forbidden: read only access prevents virDomainDestroy\n", run.Error);
    }

    [Fact]
    public async Task Only_vireo_tells_its_own_version()
    {
        Assert.DoesNotContain("Vireo", (await ShellRun.OfAsync(["-c", "test:///default", "version"])).Output, StringComparison.Ordinal);
        Assert.Contains("\nVireo: ", (await ShellRun.OfAsync(["-c", "test:///default", "version"], name: "vireo")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_input_is_shown_as_if_typed()
    {
        ShellRun run = await ShellRun.OfAsync(["-q", "-c", "test:///default"], "domid test\nquit\n");
        Assert.Equal("virsh # domid test\n1\nvirsh # quit\n\n", run.Output);
    }

    [Fact]
    public async Task Help_knows_every_command_and_its_group()
    {
        string help = (await ShellRun.OnTestAsync("help")).Output;
        foreach (CommandDef command in ShellProgram.Commands().All)
            Assert.Contains($"\n    {command.Name} ", help, StringComparison.Ordinal);
        Assert.StartsWith("  NAME\n    undefine - ", (await ShellRun.OnTestAsync("undefine", "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_is_one_of_virshs()
    {
        string[] known = [.. CommandGroups.All.SelectMany(group => group.Names)];
        Assert.Equal(ShellProgram.Commands().All.Count(), ShellProgram.Commands().All.Count(command => known.Contains(command.Name)));
        Assert.Equal(known.Length, known.Distinct().Count());
    }

    [Theory]
    [InlineData("^]", 0x1d)]
    [InlineData("^a", 1)]
    [InlineData("x", 'x')]
    public void An_escape_key_is_a_character_with_or_without_control(string spelling, int code) => Assert.Equal(code, (int)EscapeKey.Parse(spelling)!.Value.Byte);

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("^1")]
    [InlineData("ab")]
    public void Anything_else_is_none(string spelling) => Assert.Null(EscapeKey.Parse(spelling));

    [Fact]
    public void A_table_is_as_wide_as_its_widest_cells_and_counts_wide_characters_twice()
    {
        var table = new TextTable("Id", "Name", "State");
        table.Add("1", "日本", "running");
        table.Add("-", "a\u001b", "shut off");
        Assert.Equal(
            " Id   Name    State\n------------------------\n 1    日本    running\n -    a\\x1b   shut off\n", table.Render(withHeader: true));
    }
}
