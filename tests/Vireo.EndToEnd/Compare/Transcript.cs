using System.Text;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Compare;

/// <summary>What was typed and what came of it, as text that two daemons or two clients can be compared by.</summary>
public static partial class Transcript
{
    /// <summary>Runs a client once for each line; a line is one text of commands, as in <c>virsh "list; uri"</c>.</summary>
    /// <param name="client">Runs the client with these arguments.</param>
    /// <param name="lines">The lines.</param>
    public static async Task<string> OfAsync(Func<string, Task<CommandResult>> client, IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
        {
            CommandResult result = await client(line);
            string output = Normal(result.Output);
            // Elsewhere a number alone is something else.
            text.Append($"$ {line}\n{(line.Contains("--id", StringComparison.Ordinal) || line.StartsWith("domid", StringComparison.Ordinal) ? NumberAlone().Replace(output, "ID") : output)}");
            if (result.Error.Length > 0)
                text.Append($"--- stderr\n{Normal(result.Error)}");
            text.Append($"--- exit {result.ExitCode}\n");
        }
        return text.ToString();
    }

    /// <summary>Ids, times and versions are not the same twice; everything else must be.</summary>
    static string Normal(string text)
    {
        text = Place().Replace(text, "");
        text = Uuid().Replace(text, "UUID");
        text = RunId().Replace(text, "${1}ID");
        text = ListedId().Replace(text, " ID   ${1}");
        text = GeneratedMac().Replace(text, "52:54:00:xx:xx:xx");
        text = CpuTime().Replace(text, "${1}TIME");
        text = Timestamp().Replace(text, "TIMESTAMP");
        text = Moment().Replace(text, "MOMENT");
        text = Took().Replace(text, "(Time: TIME)");
        text = MonitorEnd().Replace(text, "QEMU ended: ");
        text = QemuTime().Replace(text, "TIME qemu-system-x86_64");
        text = HostNumber().Replace(text, "${1}N${2}");
        text = GuestNumber().Replace(text, "${1}=N");
        text = VcpuPlace().Replace(text, "CPU: N\n${1}");
        text = Terminal().Replace(text, "/dev/pts/N");
        text = Descriptor().Replace(text, "\"fd\":\"N\"");
        text = Programs().Replace(text, "PATH=FOLDERS");
        text = Writer().Replace(text, "WRITER: failure with ${1}: no write: ");
        return Resident().Replace(text, "${1} N");
    }

    /// <summary>Where in a document something is wrong: stock does not say.</summary>
    [GeneratedRegex(@" \(line \d+, column \d+, /[^)]*\)")]
    private static partial Regex Place();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    /// <summary>Which program writes a guest's state.</summary>
    [GeneratedRegex(@"\S+: failure with (\S+): (?:Unable to write \1|write error): ")]
    private static partial Regex Writer();

    /// <summary>How many starts a daemon has seen.</summary>
    [GeneratedRegex(@"^(Id: +|<domain type='\w+' id=')\d+", RegexOptions.Multiline)]
    private static partial Regex RunId();

    [GeneratedRegex(@"^ \d+ +(\S+ +(?:running|paused|in shutdown))", RegexOptions.Multiline)]
    private static partial Regex ListedId();

    [GeneratedRegex(@"^\d+$", RegexOptions.Multiline)]
    private static partial Regex NumberAlone();

    [GeneratedRegex("52:54:00(:[0-9a-f]{2}){3}")]
    private static partial Regex GeneratedMac();

    [GeneratedRegex(@"(CPU time: +)[0-9.]+s")]
    private static partial Regex CpuTime();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+0000")]
    private static partial Regex Timestamp();

    /// <summary>When something was made, in words or in seconds, which are a snapshot's name too if it is given none.</summary>
    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}|\b1[78]\d{8}\b")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\(Time: [0-9.]+ ms\)")]
    private static partial Regex Took();

    /// <summary>Stock says the one or the other, by which of two threads is first to notice that QEMU is gone.</summary>
    [GeneratedRegex("(process exited while connecting to monitor|qemu unexpectedly closed the monitor): ")]
    private static partial Regex MonitorEnd();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z qemu-system-x86_64")]
    private static partial Regex QemuTime();

    /// <summary>Free memory, times of the host and the clock of its counter.</summary>
    [GeneratedRegex(@"((?:Total|free +|buffers|cached +|user|system|idle|iowait|usage|^ *\d+):|frequency=') *[\d.]+( KiB|%|'|$)", RegexOptions.Multiline)]
    private static partial Regex HostNumber();

    [GeneratedRegex(@"^(  (?:cpu|balloon|vcpu|block|vm)\.\S*(?:time|times|user|system|rss|last-update|delay|wait))=\d+$", RegexOptions.Multiline)]
    private static partial Regex GuestNumber();

    /// <summary>A virtual CPU that has not used a tick yet shows no time.</summary>
    [GeneratedRegex(@"^CPU: +\d+\n(State: .*\n)(?:CPU time: .*\n)?", RegexOptions.Multiline)]
    private static partial Regex VcpuPlace();

    [GeneratedRegex(@"/dev/pts/\d+")]
    private static partial Regex Terminal();

    /// <summary>Which number a process would inherit depends on what the daemon has open.</summary>
    [GeneratedRegex(@"""fd"":""\d+""")]
    private static partial Regex Descriptor();

    [GeneratedRegex(@"\bPATH=\S+")]
    private static partial Regex Programs();

    [GeneratedRegex(@"^(rss|last_update|Memory size:|CPU frequency:) +\d+", RegexOptions.Multiline)]
    private static partial Regex Resident();
}
