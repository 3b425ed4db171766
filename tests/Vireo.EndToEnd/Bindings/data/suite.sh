# Runs the suite that a binding comes with on the binding that is installed. usage: suite.sh NAME TREE      (its sources; nothing is written there)
name=$1 tree=$2
cd "$tree" || exit 1
case $name in
    python)     # one of them looks at how the binding was built
        cd tests && export PYTHONDONTWRITEBYTECODE=1
        for one in test_*.py; do [ "$one" = test_api_coverage.py ] || /usr/bin/python3 -W ignore -m unittest -v "${one%.py}" 2>&1; done | sed 's/ in [0-9.]*s$//' ;;
    perl)
        prove -v t/ 2>&1 | sed '/^Files=/d; s/ [0-9]* ms$//' ;;
    php)
        mkdir -p "$own/php" && cp -r tests/. "$own/php" && cd "$own/php" && sed "s|@abs_srcdir@|$own/php|" functions.phpt.in >functions.phpt
        touch /tmp/test-libvirt-php.tmp
        for one in test-*.phpt; do php "$one" 2>&1; echo "$one exit $?"; done
        rm -f /tmp/test-libvirt-php.tmp ;;
    go)
        "$out/go.suite" -test.v -test.run . 2>&1 | sed 's/ ([0-9.]*s)$//' ;;
    dbus)
        export TEST_INSTALLED=1 VIRT_DBUS_INTERFACES_DIR=$tree/data PYTHONDONTWRITEBYTECODE=1
        cd tests && /usr/bin/python3 -m pytest -q -rA --tb=short -p no:cacheprovider . 2>/dev/null | grep -E '^(PASSED|FAILED|ERROR|E  )' ;;
    glib)
        "$out/glib.suite" 2>&1 | grep -E '^(ok|not ok|1\.\.|Bail)' ;;
    ruby)
        cd tests && for one in test_*.rb; do timeout 60 ruby "$one" 2>&1; echo "$one exit $?"; done ;;
esac
