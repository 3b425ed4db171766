using System.Globalization;
using System.Text;

namespace Vireo.Shell.Session;

/// <summary>What the user sees. Output and errors keep their order, even when they go to the same place.</summary>
sealed class Output(TextWriter standard, TextWriter errors, ShellSettings settings, TimeProvider clock)
{
    /// <summary>Text that was asked for.</summary>
    public void Print(string text) => standard.Write(text);

    /// <summary>A line that was asked for.</summary>
    public void Line(string text = "") => standard.Write(text + "\n");

    /// <summary>Text that quiet mode leaves out.</summary>
    public void Extra(string text)
    {
        if (!settings.Quiet)
            standard.Write(text);
    }

    /// <summary>"error: TEXT", on the error output.</summary>
    public void Error(string text)
    {
        Log("ERROR", text);
        standard.Flush();
        errors.Write($"error: {text}\n");
        errors.Flush();
    }

    /// <summary>A line for those who asked for this much detail.</summary>
    public void Debug(int level, string text)
    {
        Log("DEBUG", text);
        if (level >= settings.Debug)
            standard.Write(text + "\n");
    }

    /// <summary>Everything is out.</summary>
    public void Flush() => standard.Flush();

    void Log(string level, string text)
    {
        if (settings.LogFile is not { } file)
            return;
        string time = clock.GetLocalNow().ToString("yyyy.MM.dd HH:mm:ss", CultureInfo.InvariantCulture);
        try
        {
            File.AppendAllText(file, $"[{time} {settings.ProgramName} {Environment.ProcessId}] {level} {text}\n", new UTF8Encoding(false));
        }
        catch (IOException)
        {
            // A log that cannot be written is no reason to fail.
        }
    }
}
