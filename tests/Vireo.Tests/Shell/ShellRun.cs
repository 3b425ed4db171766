using Vireo.Drivers.Test;
using Vireo.Remote;
using Vireo.Shell.Session;

namespace Vireo.Tests.Shell;

/// <summary>Runs the shell in this process, on a test driver of its own.</summary>
sealed record ShellRun(int ExitCode, string Output, string Error)
{
    public static async Task<ShellRun> OfAsync(
        IReadOnlyList<string> arguments, string input = "", Func<string, string?>? environment = null, bool combined = false, string name = "virsh")
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var opener = new ConnectionOpener(TestDriver.Create(), new RemotePlaces("/nowhere", "/nowhere", IsRoot: false, static _ => false) { Variable = environment ?? (_ => null) }, null);
        int exit = await ShellProgram.RunAsync(new ShellProgram.Surroundings
        {
            Name = name,
            Arguments = arguments,
            Environment = environment ?? (_ => null),
            Input = new StringReader(input),
            Output = output,
            Errors = combined ? output : errors,
            Open = opener.OpenAsync,
        });
        return new ShellRun(exit, output.ToString(), errors.ToString());
    }

    /// <summary>On test:///default.</summary>
    public static Task<ShellRun> OnTestAsync(params string[] arguments) => OfAsync(["-c", "test:///default", .. arguments]);
}
