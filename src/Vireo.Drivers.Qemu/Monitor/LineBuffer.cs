namespace Vireo.Drivers.Qemu.Monitor;

/// <summary>Collects what arrives and hands it out line by line; a line beyond the limit is refused, not collected.</summary>
sealed class LineBuffer(int limit)
{
    byte[] _data = new byte[4096];
    int _start, _scanned, _end;

    internal Memory<byte> Free()
    {
        if (_start == _end) _start = _scanned = _end = 0;
        if (_end == _data.Length)
        {
            int used = _end - _start;
            if (used >= limit) throw QmpErrors.TooLong(limit);
            byte[] target = _start > 0 && used < _data.Length / 2 ? _data : new byte[Math.Min(_data.Length * 2, limit)];
            Buffer.BlockCopy(_data, _start, target, 0, used);
            (_data, _scanned, _start, _end) = (target, _scanned - _start, 0, used);
        }
        return _data.AsMemory(_end);
    }

    internal void Received(int count) => _end += count;

    /// <summary>The next whole line without its end; valid until the next <see cref="Free"/>.</summary>
    internal bool TryTake(out ReadOnlyMemory<byte> line)
    {
        int at = _data.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
        if (at < 0)
        {
            _scanned = _end;
            line = default;
            return false;
        }
        line = _data.AsMemory(_start, _scanned + at - _start);
        _start = _scanned = _scanned + at + 1;
        return true;
    }

    /// <summary>A large answer's memory is given back.</summary>
    internal void Trim()
    {
        if (_start == _end && _data.Length > 256 * 1024)
        {
            _data = new byte[4096];
            _start = _scanned = _end = 0;
        }
    }
}
