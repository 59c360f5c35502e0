#!/bin/sh
# Unpacks into DIR what the table of words is made from: WordNet and free technical documentation
# of Debian, about 1 GB. Needs apt-get and dpkg, no root; nothing is installed.
#
#	tools/thesaurus/corpus.sh DIR
#	go run ./tools/thesaurus DIR internal/builtin/thesaurus/thesaurus.bin
set -eu
dir=${1:?usage: corpus.sh DIR}
mkdir -p "$dir/packages"
cd "$dir/packages"
apt-get download wordnet-base dict-foldoc dict-gcide dict-jargon dict-vera dict-wn \
	binutils-doc cppreference-doc-en-html debian-handbook dpkg-dev erlang-doc git-doc golang-1.19-doc iproute2-doc \
	libboost1.74-doc libstdc++-12-doc manpages manpages-dev ns3-doc octave-doc opencv-doc openjdk-17-doc perl-doc \
	postgresql-doc-15 python-celery-doc python-pandas-doc python-scipy-doc python-skimage-doc python-sklearn-doc \
	python-statsmodels-doc python3.11-doc r-base-html r-doc-html rust-doc scala-doc sqlite3-doc swi-prolog-doc \
	tcl8.6-doc wireshark-doc zookeeper
for p in *.deb; do dpkg -x "$p" "$dir"; done
